# Was bei TikTok oder auf dem Weg dorthin schiefging, und wer helfen kann.
