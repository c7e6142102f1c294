# Ein Beitrag als Nachricht, und Listen von Beiträgen.
