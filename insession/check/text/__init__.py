"""A text and its page as the rules read them: plain words, sentences, HTML."""
