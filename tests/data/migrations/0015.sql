-- What somebody's database may hold after migration 0015: a team with a connected account, one post in review and one
-- whose upload was under way when the program stopped. In SQLite's dialect; blobs are rewritten for PostgreSQL.

INSERT INTO workspaces (
    id, name, reviewer_role, review_channel, digest_channel, zone, digest_time, approvals, self_review,
    weekly_summary, next_digest_at, next_post_number, audit_seq, audit_head, created_at
) VALUES (
    '18446744073709551609', 'Harbour', '18446744073709551615', NULL, NULL, 'Australia/Lord_Howe', '09:30:00', 2,
    TRUE, FALSE, 1796407200000, 3, 2, X'60eccb11373e2e58f8cb388b17105ec4af2d96e8cdbff475b85a7ddce487a7b4',
    1796403600000
);

INSERT INTO accounts (
    id, workspace, open_id, username, nickname, scopes, delivery, health, access_expires_at, refresh_expires_at,
    connected_by, connected_at, sealed_access_token, sealed_refresh_token, token_version
) VALUES (
    '01a241ff9a80780c9eaa59ae45de1c29', '18446744073709551609', 'open-harbour', 'harbour.cafe', 'Harbour Café ☕',
    'user.info.basic,video.publish', 'direct', 'connected', 1796490000000, 1827939600000, '12', 1796403600000,
    X'010203', X'040506', 1
);

INSERT INTO consents (
    state_hash, workspace, member, member_name, delivery, sealed_verifier, expires_at, used_at
) VALUES (
    X'0909090909090909090909090909090909090909090909090909090909090909', '18446744073709551609', '12', 'rui',
    'direct', NULL, 1796404200000, NULL
);

INSERT INTO videos (
    id, workspace, sha256, size_bytes, facts, file_name, key, created_by, created_at, forgotten
) VALUES (
    '01a241ff9a807c7884e582fa342f7d8d', '18446744073709551609',
    X'0707070707070707070707070707070707070707070707070707070707070707', 19000000,
    '{"container":"mp4","codec":"h264","coded_width":1080,"coded_height":1920,"width":1080,"height":1920,"turn_degrees":0,"duration_millis":15000,"frames_per_second_milli":24000,"peak_frames_per_second_milli":24000,"audio":"aac"}',
    'latte.mp4', 'videos/07/latte', '11', 1796403600000, FALSE
);

INSERT INTO posts (
    id, workspace, number, author, author_name, account, video, video_sha256, caption, choices, due_at, zone,
    creator, warnings, stage, stage_at, revision, lapses_at, thread_id, created_at, version
) VALUES (
    '01a241ff9a80730d86dfad5b13cbba69', '18446744073709551609', 1, '11', 'mia', '01a241ff9a80780c9eaa59ae45de1c29',
    '01a241ff9a807c7884e582fa342f7d8d', X'0707070707070707070707070707070707070707070707070707070707070707',
    'Friday latte, 100% oat_milk #coffee',
    '{"privacy":"SELF_ONLY","comments":true,"duet":false,"stitch":false,"discloses":false,"own_brand":false,"branded_content":false,"ai_generated":false,"cover_millis":1500}',
    1796407200000, 'Europe/Lisbon',
    '{"nickname":"Harbour Café ☕","username":"harbour.cafe","avatar_url":null,"privacy_options":["PUBLIC_TO_EVERYONE","SELF_ONLY"],"comment_disabled":false,"duet_disabled":true,"stitch_disabled":true,"max_duration_seconds":600}',
    '["It has no sound."]', 'in_review', 1796403660000,
    X'ddaca03ef076837d17b793c63d6f6d8fa0784b28ddf39277c04a32e550a6c506', 1796407200000, '78', 1796403600000, 0
);

INSERT INTO posts (
    id, workspace, number, author, author_name, account, video, video_sha256, caption, choices, due_at, zone,
    creator, warnings, stage, stage_at, revision, lapses_at, thread_id, created_at, version
) VALUES (
    '01a241ff9a8075d0b075985348113c53', '18446744073709551609', 2, '11', 'mia', '01a241ff9a80780c9eaa59ae45de1c29',
    '01a241ff9a807c7884e582fa342f7d8d', X'0707070707070707070707070707070707070707070707070707070707070707',
    'Friday latte, 100% oat_milk #coffee',
    '{"privacy":"SELF_ONLY","comments":true,"duet":false,"stitch":false,"discloses":false,"own_brand":false,"branded_content":false,"ai_generated":false,"cover_millis":1500}',
    1796407200000, 'Europe/Lisbon',
    '{"nickname":"Harbour Café ☕","username":"harbour.cafe","avatar_url":null,"privacy_options":["PUBLIC_TO_EVERYONE","SELF_ONLY"],"comment_disabled":false,"duet_disabled":true,"stitch_disabled":true,"max_duration_seconds":600}',
    '["It has no sound."]', 'approved', 1796403720000,
    X'ddaca03ef076837d17b793c63d6f6d8fa0784b28ddf39277c04a32e550a6c506', NULL, NULL, 1796403600000, 0
);

INSERT INTO revisions (
    post, number, revision, submitted_at, snapshot
) VALUES (
    '01a241ff9a80730d86dfad5b13cbba69', 1, X'ddaca03ef076837d17b793c63d6f6d8fa0784b28ddf39277c04a32e550a6c506',
    1796403660000,
    '{"account":"01a241ff-9a80-780c-9eaa-59ae45de1c29","caption":"Friday latte, 100% oat_milk #coffee","choices":{"ai_generated":false,"branded_content":false,"comments":true,"cover_millis":1500,"discloses":false,"duet":false,"own_brand":false,"privacy":"SELF_ONLY","stitch":false},"due":{"at":"2026-12-04T18:00:00Z"},"video":"01a241ff-9a80-7c78-84e5-82fa342f7d8d","video_sha256":"0707070707070707070707070707070707070707070707070707070707070707","zone":"Europe/Lisbon"}'
);

INSERT INTO verdicts (
    id, post, revision, by, by_name, word, at, void
) VALUES (
    '01a2420084e07564a08c0a5d22b2a2d0', '01a241ff9a80730d86dfad5b13cbba69',
    X'ddaca03ef076837d17b793c63d6f6d8fa0784b28ddf39277c04a32e550a6c506', '12', 'reviewer 12',
    '{"word":"request_changes","reason":"louder"}', 1796403660000, FALSE
);

INSERT INTO verdicts (
    id, post, revision, by, by_name, word, at, void
) VALUES (
    '01a2420084e0752494b5034fde5654aa', '01a241ff9a8075d0b075985348113c53',
    X'ddaca03ef076837d17b793c63d6f6d8fa0784b28ddf39277c04a32e550a6c506', '12', 'reviewer 12', '{"word":"approve"}',
    1796403660000, FALSE
);

INSERT INTO cards (
    post, revision, channel, message, superseded
) VALUES (
    '01a241ff9a80730d86dfad5b13cbba69', X'ddaca03ef076837d17b793c63d6f6d8fa0784b28ddf39277c04a32e550a6c506', '77',
    '900', FALSE
);

INSERT INTO publications (
    id, workspace, post, account, revision, due_at, attempts, state, next_at, wake_at, owner, epoch, setback,
    receipt, publish_id, asked, asked_since, ended_at, created_seq
) VALUES (
    '01a242016f4079af9f0f9135ea376c75', '18446744073709551609', '01a241ff9a8075d0b075985348113c53',
    '01a241ff9a80780c9eaa59ae45de1c29', X'ddaca03ef076837d17b793c63d6f6d8fa0784b28ddf39277c04a32e550a6c506',
    1796407200000, 1, 'publishing', 1796407200000, 1796407260000, 'worker', 1, NULL, NULL, NULL, NULL, NULL, NULL,
    1
);

INSERT INTO attempts (
    id, publication, number, stage, publish_id, sealed_upload_url, issued_at, size_bytes, chunk_bytes, chunk_count,
    sent_bytes, started_at, delivered_at, outcome
) VALUES (
    '01a2423689007161b955aa775c3f3edf', '01a242016f4079af9f0f9135ea376c75', 1, 'uploading', 'v_pub_seed',
    X'009f9296', 1796407200000, 19000000, 5242880, 3, 0, 1796407200000, NULL, NULL
);

INSERT INTO notices (
    id, workspace, kind, merge_key, payload, nonce, wake_at, owner, epoch, version, first_tried_at, tries,
    message_id, why, state, created_at
) VALUES (
    '01a242016f407e71a3b0984ee1f4714e', '18446744073709551609', 'card', 'card:01a241ff9a8075d0b075985348113c53',
    '{"kind":"card","post":"01a241ff-9a80-75d0-b075-985348113c53"}', 'zugkmclqxu4aoeda', 1796403720000, NULL, 0, 1,
    NULL, 0, NULL, NULL, 'pending', 1796403720000
);

INSERT INTO snapshots (
    account, taken_at, payload
) VALUES (
    '01a241ff9a80780c9eaa59ae45de1c29', 1796403600000,
    '{"account":"01a241ff-9a80-780c-9eaa-59ae45de1c29","taken_at":"2026-12-04T17:00:00Z","followers":128,"likes_total":null,"video_count":1,"videos":[]}'
);

INSERT INTO digests (
    workspace, day
) VALUES (
    '18446744073709551609', '2026-12-03'
);

INSERT INTO audit (
    workspace, seq, at, actor, act, post, detail, prev_hash, hash
) VALUES (
    '18446744073709551609', 1, 1796403720000, '{"Member":{"id":12,"name":"rui"}}', 'approved',
    '01a241ff9a8075d0b075985348113c53', '{"number":2}',
    X'0000000000000000000000000000000000000000000000000000000000000000',
    X'65c920184d0d7fb144f42ba0d6091c22ce85f4289a040b29634ded05318bc8c8'
);

INSERT INTO audit (
    workspace, seq, at, actor, act, post, detail, prev_hash, hash
) VALUES (
    '18446744073709551609', 2, 1796403780000, '"Program"', 'renewed', NULL, '{}',
    X'65c920184d0d7fb144f42ba0d6091c22ce85f4289a040b29634ded05318bc8c8',
    X'60eccb11373e2e58f8cb388b17105ec4af2d96e8cdbff475b85a7ddce487a7b4'
);

INSERT INTO breakers (scope, kind, since, try_at, setback, told, closed_at) VALUES (
    '01a241ff9a80780c9eaa59ae45de1c29', 'banned', 1796403600000, NULL,
    '{"code":"spam_risk_user_banned_from_posting","said":"TikTok does not let this account post.","hint":"open the TikTok app","whose":"manager","next":"never"}',
    '[18446744073709551609]', NULL
);

INSERT INTO leftovers (key) VALUES ('18446744073709551609/videos/01a241ff9a807c7884e582fa342f7d00');

UPDATE notices SET first_tried_at = 1796403725000, said_in = 'de' WHERE id = '01a242016f407e71a3b0984ee1f4714e';

UPDATE workspaces SET language = 'de' WHERE id = '18446744073709551609';

UPDATE workspaces SET removed_at = 1796403900000 WHERE id = '18446744073709551609';

INSERT INTO picks (workspace, member, message, attachment, link, file_name, picked_at) VALUES (
    '18446744073709551609', '11', '901', '902', 'https://cdn.discordapp.com/attachments/77/902/latte.mp4?ex=1', 'latte.mp4',
    1796403720000
);
