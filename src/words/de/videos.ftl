# Was an einem Video nicht stimmt oder auffällt.
