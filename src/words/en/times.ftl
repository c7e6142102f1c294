# Times: how they are read, and why one cannot be taken.
