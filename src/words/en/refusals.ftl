# Every polite no, and what a person can do about it.
