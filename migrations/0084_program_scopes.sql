-- What a token is for: every token reads, some write as well. A token made before reads.
alter table access_tokens add column scopes text[] not null default '{read}';
alter table access_tokens add constraint access_tokens_scopes_known check (scopes <@ array['read', 'write'] and 'read' = any(scopes));

-- The program that wrote a line of a history, as its token is called; the line keeps it when the token is gone.
alter table touchpoints add column program text;
alter table touchpoints add constraint touchpoints_program_length check (char_length(program) between 1 and 100);
