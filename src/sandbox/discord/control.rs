//! What a browser asks of the local Discord, under `/__sandbox/` on its own port: JSON in, JSON out, no credentials.
//!
//! `MEMBER`, `CHANNEL` and `ROLE` are a name (`mia`, `review`) or an id; every id is a string. A wish a real client
//! would not offer is answered with `409 {"error": "sentence"}`; a malformed one with `400 {"error": "sentence"}`.
//! There is one server; `?guild=ID` picks another where several exist.
//!
//! `GET /__sandbox/state`
//! ```json
//! {"version": 17, "now": "2026-11-23T09:00:00Z", "gateway": "ws://127.0.0.1:5050/gateway",
//!  "bot": {"id": "10", "name": "Greenroom", "online": true},
//!  "guild": {"id": "20", "name": "Harbour Café team"},
//!  "members": [{"id": "31", "name": "mia", "roles": ["Editor"], "bot": false, "colour": "#3ba55d"}],
//!  "roles": [{"id": "41", "name": "Editor", "colour": "#3ba55d", "mentionable": false}],
//!  "channels": [{"id": "51", "name": "review", "kind": "text", "parent": null, "message": null, "messages": 3}],
//!  "commands": [{"id": "61", "type": 1, "name": "post", "description": "…", "options": ["as registered"]}]}
//! ```
//! `commands` are exactly what the bot registered (type 1 slash, 3 message menu), those of the server and the global
//! ones; with `?as=MEMBER` only those this member may use. A thread is a channel of `kind` `thread` whose `parent` is
//! the channel and whose `message` is the message it hangs on.
//!
//! `GET /__sandbox/channels/CHANNEL/messages?as=MEMBER` – oldest first, with the private ones this member can see
//! ```json
//! {"version": 17, "messages": [{"...": "a Discord message object: content, author, embeds, components, attachments with fresh links, reactions",
//!   "ephemeral": true, "thinking": false, "author_name": "Greenroom", "text": "content with names instead of <@1>",
//!   "invoked": {"member": "mia", "with": "/schedule"}}]}
//! ```
//! A reaction is `{"emoji": {"id": null, "name": "✅"}, "count": 2, "me": true, "members": ["Greenroom", "rui"]}`.
//!
//! `GET /__sandbox/channels/CHANNEL/transcript?as=MEMBER` – the same as plain text.
//!
//! `GET /__sandbox/files` – every file there is; open `url`, it is freshly signed
//! ```json
//! {"files": [{"id": "71", "name": "latte.mp4", "size": 52311, "content_type": "video/mp4", "url": "http://127.0.0.1:5050/attachments/51/71/latte.mp4?ex=…&is=…&hm=…"}]}
//! ```
//!
//! `POST /__sandbox/command` – JSON, or `multipart/form-data` with the JSON in the part `request` and each file in a
//! part named like its attachment option
//! ```json
//! {"as": "mia", "channel": "general", "name": ["post", "move"], "options": {"post": 42, "when": "fri 18:00"}}
//! ```
//! `POST /__sandbox/message-command`
//! ```json
//! {"as": "mia", "message": "81", "name": "Schedule on TikTok"}
//! ```
//! `POST /__sandbox/press`, `POST /__sandbox/select` (with `values`), `POST /__sandbox/submit`
//! ```json
//! {"as": "rui", "message": "81", "custom_id": "v1:approve:42", "values": ["public"]}
//! {"as": "rui", "interaction": "91", "fields": {"reason": "too dark"}}
//! ```
//! All five wait for the bot's first answer, three seconds at most, and return
//! ```json
//! {"interaction": "91", "answered": true, "type": 9, "after_ms": 12, "message": {"a message as above": "or null"},
//!  "modal": {"custom_id": "…", "title": "…", "components": []}}
//! ```
//! `type` is Discord's callback type: 4 message, 5 thinking, 6 nothing to see, 7 the message changed, 9 a form (`modal`
//! is then not null; send it with `submit` and this `interaction`). `{"answered": false, …}` is "The application did
//! not respond". What follows an answer arrives as a change of the channel's messages.
//!
//! `POST /__sandbox/autocomplete` – `focused` is the option being typed, its text so far is in `options`
//! ```json
//! {"as": "mia", "channel": "general", "name": ["schedule"], "options": {"when": "tom"}, "focused": "when"}
//! {"choices": [{"name": "tomorrow 18:00", "value": "2026-11-24T18:00:00Z"}]}
//! ```
//! `POST /__sandbox/react`, `POST /__sandbox/unreact` – `{}`
//! ```json
//! {"as": "rui", "channel": "review", "message": "81", "emoji": "✅"}
//! ```
//! `POST /__sandbox/say` – JSON or multipart as above, every file part is attached; `{"message": "82"}`
//! ```json
//! {"as": "mia", "channel": "general", "text": "here is the clip"}
//! ```
//! `GET /__sandbox/events` – server-sent events; `data` is the version, one at once and one after every change
//! ```text
//! event: changed
//! data: {"version": 18}
//! ```
