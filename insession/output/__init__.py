"""The files of the site: who makes each, and the folder that holds them all."""
