-- Where the files of a round lie that was not certified when its home was restored: null when they are in this home, '' as long as nobody said where.
ALTER TABLE rounds ADD COLUMN earlier_home TEXT;
