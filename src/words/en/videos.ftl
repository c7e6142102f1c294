# What is wrong with a video, or odd about it.

# What is odd about a video, or not as the strict preset asks.
videos-shape = This video shows { $width }×{ $height }; the strict preset asks for 9:16.
videos-small = This video shows { $width }×{ $height }; the strict preset asks for at least { $least_width }×{ $least_height }.
videos-short = This video is { $length } long; the strict preset asks for at least { $least }.
videos-large = This video has { $size }; the strict preset allows { $most }.
videos-container = This video is a { $container } file; the strict preset asks for MP4 or MOV.
videos-frame-rate-unknown = This video does not state its frame rate; TikTok takes 23 to 60 fps and checks it on arrival.
videos-frame-rate-peaks = This video reaches { $frames } fps in places; TikTok takes up to 60 fps and checks it on arrival.

# Why a file cannot go out.
videos-not-a-video = This file is not a video TikTok takes: it looks like { $looks_like }.
videos-cut-short = This file is cut short: its last part should end after { $expected } but the file ends at { $size }.
videos-damaged = This file is damaged: { $what }.
videos-no-picture = This file has no picture in it.
videos-codec = This video is written in { $codec }; TikTok takes H.264, H.265, VP8 and VP9.
videos-sides = This video is coded as { $width }×{ $height }; TikTok takes sides from { $least } to { $most } pixels.
videos-frame-rate = This video has { $frames } fps; TikTok takes 23 to 60 fps.
videos-duration-unknown = This video does not say how long it is; TikTok allows up to { $most }.
videos-too-long-for-creator = This video is { $length } long; TikTok allows this creator { $most }.
videos-too-long = This video is { $length } long; TikTok allows { $most }.
videos-too-large = This video has { $size }; the limit is { $most }.

# What can be done about it.
videos-hint-upright = export it upright, best as 1080×1920
videos-hint-longer = use a longer cut
videos-hint-bitrate = export it with a lower bitrate
videos-hint-bitrate-below = export it with a lower bitrate, below { $most }
videos-hint-mp4 = export it as MP4 with H.264
videos-hint-constant-rate = export it with a constant rate of 30 fps
videos-hint-attach = attach the video itself as an MP4, MOV or WebM file
videos-hint-upload-again = upload it again and wait until it has arrived completely
videos-hint-export-again = export it again, best as MP4 with H.264
videos-hint-attach-picture = attach a file with a picture, best MP4 with H.264
videos-hint-rate = export it with 30 fps
videos-hint-save-once = live recordings leave the length out: save it once with a video editor, best as MP4
videos-hint-cut = cut it to { $most } or less

# Sizes and numbers.
videos-bytes = { $count } bytes
videos-decimal = { $whole }.{ $rest }
videos-length-unknown = unknown length
videos-silent = silent

# What a file looks like, after “it looks like”.
videos-looks-empty = an empty file
videos-looks-gif = a GIF
videos-looks-picture = a picture
videos-looks-avi = an AVI file
videos-looks-flash = a Flash video
videos-looks-ogg = an Ogg file
videos-looks-sound = a sound file
videos-looks-zip = a ZIP archive
videos-looks-pdf = a PDF
videos-looks-mpeg-program = an MPEG program stream
videos-looks-mpeg-transport = an MPEG transport stream
videos-looks-matroska = a Matroska file (MKV)
videos-looks-page = a web page
videos-looks-json = a server's answer in JSON
videos-looks-text = plain text
videos-looks-unknown = none of the kinds known here
videos-looks-workbook = an Excel or OpenDocument workbook
videos-looks-old-workbook = an old Excel workbook
videos-looks-document = a text document
videos-looks-video = a video
videos-looks-no-text = something that is no text

# How a picture is written, after “written in”.
videos-codec-encrypted = an encrypted form
videos-codec-unknown = an unknown codec
videos-codec-inside = { $codec } inside { $container }

# What is wrong with a damaged file.
videos-damaged-table-large = one of its tables is larger than any video needs
videos-damaged-parts-too-many = it is cut into more parts than any video needs
videos-damaged-parts-unfit = its parts do not fit into each other
videos-damaged-table-no-size = a table in it does not state its size
videos-damaged-segment-missing = its segment is missing
videos-damaged-tables-missing = its tables (Info, Tracks) or its frames are missing
videos-damaged-element-header = one of its elements has no valid header
videos-damaged-table-unreadable = one of its tables is unreadable
videos-damaged-tracks-large = its table of tracks is larger than any video needs
videos-damaged-picture-size = it does not say how large its picture is
videos-damaged-picture-impossible = its picture has an impossible size
videos-damaged-moov-missing = its table of contents (moov) is missing
videos-damaged-moov-large = its table of contents (moov) is larger than any video needs
videos-damaged-no-frames = it holds no frames
videos-damaged-frames-too-many = it claims more frames than it has bytes
videos-damaged-part-short = one of its parts is shorter than its own header
videos-damaged-mvhd = its movie header (mvhd) is missing or unreadable
videos-damaged-mvhd-still = its clock (mvhd) stands still
videos-damaged-picture-clock = the picture's clock (mdhd) is missing or stands still
videos-damaged-stsd = it does not say how its picture is written (stsd)
videos-damaged-length-sum = its frames do not add up to the length it states
videos-damaged-two-lengths = it states two different lengths
videos-damaged-stts = its time table (stts) is shorter than it states
videos-damaged-tkhd = a track header (tkhd) is unreadable
videos-damaged-elst = an edit list (elst) is unreadable
videos-damaged-mdhd = a track's clock (mdhd) is unreadable
videos-damaged-pasp = its pixel shape (pasp) is unreadable
videos-damaged-moof-large = its fragment headers (moof) are larger than any video needs
videos-damaged-trex = its fragment defaults (trex) are unreadable
videos-damaged-tfhd-missing = a fragment does not say what it belongs to (tfhd)
videos-damaged-tfhd = a fragment header (tfhd) is unreadable
videos-damaged-tfdt = a fragment's time (tfdt) is unreadable
videos-damaged-trun = a fragment's run of frames (trun) is shorter than it states

# Why an attachment was not fetched, and what can be done.
videos-fetch-not-allowed = This link points to `{ $host }`; videos are fetched from Discord only.
videos-fetch-redirected = This link leads on to another address; only the file itself is fetched.
videos-fetch-expired = Discord no longer hands this file out (status { $status }).
videos-fetch-unavailable = Discord could not hand this file out just now (status { $status }).
videos-fetch-page = This link leads to a page, not to a video file.
videos-fetch-too-big-by-its-word = This file is too large ({ $size }); the limit is { $most }.
videos-fetch-too-big = This file is too large; the limit is { $most }.
videos-fetch-cut-short = Only { $size } of this file arrived, then the line broke.
videos-fetch-unreachable = The file could not be fetched: Discord's file host did not answer.
videos-fetch-too-slow = The file came too slowly and was given up.
videos-fetch-disk-full = There is no space left here to take this file in.
videos-fetch-disk = The file could not be written here.
videos-fetch-hint-attach = attach the video file itself with the option `video`
videos-fetch-hint-attach-again = attach the file again: Discord's links end after a while
videos-fetch-hint-later = try again in a few minutes
videos-fetch-hint-operator = the operator has to look at the disk; then try again

# Why a link was not followed, and what can be done.
videos-link-unfit = This link is not followed: { $why }.
videos-link-leads-astray = This link leads on to another one that is not followed: { $why }.
videos-link-no-internet = Greenroom runs on this machine alone here, so only links of its own Discord work.
videos-link-no-server = There is no public server called `{ $host }`.
videos-link-redirects = This link leads on to other addresses more than { $most } times.
videos-link-refused = The server of this link does not hand the file out (status { $status }).
videos-link-unavailable = The server of this link could not hand the file out just now (status { $status }).
videos-link-page = This link leads to a page, not to the video file itself.
videos-link-packed = The server of this link sends the file compressed.
videos-link-unreachable = The server of this link did not answer, or not securely.
videos-link-crowded = { $count } videos are being fetched from links already.
videos-link-hint-whole = give the whole link, beginning with `https://`
videos-link-hint-public = give a link that anybody on the internet can open, or attach the video file itself with the option `video`
videos-link-hint-spelling = check the spelling; a file on a private network is not fetched: attach the video file itself with the option `video`
videos-link-hint-file = give the link of the file itself, one that begins a download at once, or attach the video file itself with the option `video`
videos-link-hint-refused = check that the link still works without signing in, or attach the video file itself with the option `video`
videos-link-hint-later = try again in a few minutes, or attach the video file itself with the option `video`
videos-link-not-https = it does not begin with `https://`
videos-link-credentials = it carries a user name or a password
videos-link-port = it names a port of its own
videos-link-numbered = it names its server by a number
videos-link-not-public = it leads to a private or local address
videos-link-local-name = it leads to a name that is known on a local network only
videos-link-odd-host = the name of its server cannot be read
