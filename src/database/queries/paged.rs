//! SQL of a page of a list: one text for the rule where pages begin.

/// A checked statement `with listed, ranked, page shown`: the rows of a page that begins after one place, ends before another,
/// or is the first.
///
/// `listed` is a CTE of that name with all rows of the list and their `sort_key` (others may stand before it), `fits` says of
/// its row `l` whether it is shown, `after` and `before` are the places and `most` how many rows a page has. The columns of
/// `page` are those of `listed` with `shown`, how many fit, and `rank`, the row's place among them. A page that would begin
/// behind the last row is the last page. Each is a piece of SQL, as a macro reads text before anything can be put into it.
macro_rules! paged {
    ($row:ty, listed = $listed:tt, fits = $fits:tt, after = $after:tt, before = $before:tt, most = $most:tt,
     shown = $shown:tt, $($args:tt)*) => {
        sqlx::query_as!(
            $row,
            "with " + $listed + r#",
            ranked as (
                select l.*, count(*) over () as shown, row_number() over (order by l.sort_key collate "C") as rank,
                    count(*) filter (where case when "# + $after + r#"::text is not null then l.sort_key <= "# + $after + r#" collate "C"
                        else l.sort_key < "# + $before + r#" collate "C" end) over () as passed
                from listed l
                where "# + $fits + r#"
            ),
            page as (
                select f.* from (
                    select b.*, case when b.begins > b.shown then greatest(b.shown - "# + $most + r#" + 1, 1) else greatest(b.begins, 1) end as first
                    from (
                        select ranked.*, case
                            when "# + $after + r#"::text is not null then passed + 1
                            when "# + $before + r#"::text is not null then passed + 1 - "# + $most + r#"
                            else 1 end as begins
                        from ranked
                    ) b
                ) f
                where f.rank >= f.first and f.rank < f.first + "# + $most + r#"
            )
            "# + $shown,
            $($args)*
        )
    };
}

pub(crate) use paged;
