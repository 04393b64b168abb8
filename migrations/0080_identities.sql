-- Who someone is to an issuer they log in by: its address and its own name for them, never an e-mail address. One is of one account.
create table identities (
    id uuid not null,
    owner_id uuid not null,
    issuer text not null,
    subject text not null,
    -- How the issuer called them last, to tell one from another.
    shown_as text not null,
    created_at timestamptz not null,
    used_at timestamptz not null,
    constraint identities_key primary key (id)
);
alter table identities add constraint identities_issuer_length check (char_length(issuer) between 1 and 500);
alter table identities add constraint identities_subject_length check (char_length(subject) between 1 and 255);
alter table identities add constraint identities_shown_as_length check (char_length(shown_as) <= 254);
create unique index identities_claimed on identities (issuer, subject);
-- An account has one of each issuer.
create unique index identities_one on identities (owner_id, issuer);
-- Made an administrator by a group at the issuer, and no more once it is gone.
alter table users add column admin_by_group boolean not null default false;
alter table identities add constraint identities_owner foreign key (owner_id) references users (id) on delete cascade;
