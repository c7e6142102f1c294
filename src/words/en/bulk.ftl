# Many posts from one file.
