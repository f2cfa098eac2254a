"""What a web server is told, in the language of each."""
