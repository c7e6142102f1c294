# Zeiten: wie sie gelesen werden, und warum eine nicht geht.
