-- How somebody is spoken of, in their own words: 'she/her'. What is said of them to somebody else says it so.
alter table contacts add column pronouns text constraint contacts_pronouns_length check (char_length(pronouns) between 1 and 50);
