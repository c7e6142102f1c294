# What a person reads after a command, a button or a form, and what a thread is told.

replies-fetching = Fetching the video.
replies-fetching-percent = Fetching the video, { $percent } %.
replies-checking = Checking the video and what this creator allows.
