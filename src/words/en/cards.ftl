# A post as a message, and lists of posts.
