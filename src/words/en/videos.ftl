# What is wrong with a video, or odd about it.
