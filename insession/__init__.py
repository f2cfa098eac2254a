"""In Session: all of our Python. Each module's first line says what it is for."""
