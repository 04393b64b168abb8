-- That somebody's work is not near the role is said apart from that nobody said anything, where their title is a guess.
alter table contacts drop constraint contacts_closeness_known;
alter table contacts add constraint contacts_closeness_known
    check (closeness in ('same_role', 'adjacent', 'hiring_manager', 'recruiter', 'not_near', 'other'));
