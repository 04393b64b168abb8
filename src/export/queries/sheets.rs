//! SQL of the tables for spreadsheets: the cells of each row, in the order of the columns in `sheets.rs`.

use futures_util::stream::BoxStream;
use sqlx::PgConnection;

use crate::access::Viewer;

/// The cells of one row.
type Cells = Vec<Option<String>>;

/// Functions that each read a table of one account ($1).
macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident = $sql:literal;)+) => {$(
        $(#[$meta])*
        pub fn $name(db: &mut PgConnection, by: Viewer) -> BoxStream<'_, sqlx::Result<Cells>> {
            sqlx::query_scalar!($sql, by.user_id() as _).fetch(db)
        }
    )+};
}

tables! {
    /// The companies on the list.
    companies = r#"select array[c.name, c.website, c.careers_url, c.industry, c.place, c.motivation::text, c.posting::text, c.status,
            c.status_reason, c.found_by, c.notes, to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')]
            as "cells!: Vec<Option<String>>"
        from companies c where c.user_id = $1 and c.deleted_at is null order by c.name_key, c.id"#;
    /// The people.
    contacts = r#"select array[k.name, coalesce(c.name, k.employer), k.job_title, k.stage, k.next_step, k.next_due::text, k.email,
            k.phone, k.profile_url, k.place, k.time_zone, k.pronouns, k.closeness, k.warmth, i.name, k.why, k.connected_on::text,
            k.last_touch_on::text, (select string_agg(t.name, ', ' order by t.name_folded) from contact_tags x
                join tags t on t.user_id = $1 and t.id = x.tag_id where x.user_id = $1 and x.contact_id = k.id),
            k.notes, to_char(k.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')]
            as "cells!: Vec<Option<String>>"
        from contacts k
        left join companies c on c.user_id = k.user_id and c.id = k.company_id
        left join contacts i on i.user_id = k.user_id and i.id = k.introduced_by
        where k.user_id = $1 and k.deleted_at is null order by k.name_folded, k.id"#;
    /// What happened with them, but for what was undone.
    history = r#"select array[t.happened_on::text, k.name, coalesce(c.name, k.employer), t.kind, nullif(t.direction, 'none'), t.channel,
            t.body, t.note] as "cells!: Vec<Option<String>>"
        from touchpoints t
        join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
        left join companies c on c.user_id = k.user_id and c.id = k.company_id
        left join touchpoints u on u.user_id = t.user_id and u.undoes = t.id
        where t.user_id = $1 and k.user_id = $1 and t.kind <> 'undone' and u.id is null order by t.happened_on, t.id"#;
    /// The talks.
    talks = r#"select array[to_char(t.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), t.minutes::text, k.name, c.name, t.status,
            t.way, t.place, t.notes, t.how_it_went::text, t.their_share::text, t.confidence_before::text, t.confidence_after::text]
            as "cells!: Vec<Option<String>>"
        from informational_interviews t
        join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
        left join companies c on c.user_id = t.user_id and c.id = t.company_id
        where t.user_id = $1 and k.user_id = $1 and t.deleted_at is null order by t.starts_at, t.id"#;
    /// What was learned.
    insights = r#"select array[to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), n.topic, n.weight, n.text, c.name,
            k.name] as "cells!: Vec<Option<String>>"
        from insights n
        left join contacts k on k.user_id = n.user_id and k.id = n.contact_id
        left join companies c on c.user_id = n.user_id and c.id = n.company_id
        where n.user_id = $1 and n.deleted_at is null and k.deleted_at is null order by n.id"#;
    /// The openings.
    openings = r#"select array[o.title, c.name, o.status, o.status_since::text, o.source, o.url, o.place, o.salary, o.seen_on::text,
            o.applied_on::text, o.applied_how, k.name, o.confirmed_on::text, o.next_step, o.next_on::text, o.notes, o.posting_text]
            as "cells!: Vec<Option<String>>"
        from openings o
        join companies c on c.user_id = o.user_id and c.id = o.company_id
        left join contacts k on k.user_id = o.user_id and k.id = o.confirmed_by
        where o.user_id = $1 and c.user_id = $1 and o.deleted_at is null order by o.title_folded, o.id"#;
    /// The referrals.
    referrals = r#"select array[k.name, c.name, o.title, r.status, r.way, r.asked_on::text, r.agreed_on::text, r.made_on::text, r.outcome,
            r.next_step, r.next_due::text, r.fit, r.details] as "cells!: Vec<Option<String>>"
        from referrals r
        join contacts k on k.user_id = r.user_id and k.id = r.contact_id and k.deleted_at is null
        join companies c on c.user_id = r.user_id and c.id = r.company_id
        left join openings o on o.user_id = r.user_id and o.id = r.opening_id
        where r.user_id = $1 and k.user_id = $1 and c.user_id = $1 and r.deleted_at is null order by r.id"#;
    /// Who could introduce the user to whom.
    introductions = r#"select array[b.name, k.name, n.status, n.asked_on::text, n.made_on::text, n.declined_on::text, n.note]
            as "cells!: Vec<Option<String>>"
        from introductions n
        join contacts b on b.user_id = n.user_id and b.id = n.introducer_id and b.deleted_at is null
        join contacts k on k.user_id = n.user_id and k.id = n.introduced_id and k.deleted_at is null
        where n.user_id = $1 and b.user_id = $1 and k.user_id = $1 and n.deleted_at is null order by n.id"#;
}
