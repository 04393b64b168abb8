-- MB all documents of one account may have together, where that is another number than the installation's.
alter table users add column documents_mb smallint;
alter table users add constraint users_documents_mb check (documents_mb between 1 and 200);
