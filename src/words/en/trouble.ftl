# What went wrong at TikTok or on the way there, and who can help.
