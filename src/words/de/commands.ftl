# Was Befehle selbst fragen und zeigen.
