"""What lies in content/: what is still the sample's in it, and how that becomes hers."""
