-- The views that the indicators' one-liners read. `map`, `offered` and `names` are the declared tables of the YAML files.
create or replace temp view named as
    select day, date_trunc('month', day)::date as month, coalesce(names.name, platform) as platform,
           category, keywords, ground, source, automation, restriction, statements
    from statements left join names on names.former = platform;

create or replace temp view labelled as
    select *,
           list_has_any(keywords, (select list(label) from map where class = 'sexual_content')) as says_sexual_content,
           list_has_any(keywords, (select list(label) from map where class = 'exploitation')) as says_exploitation,
           list_has_any(keywords, (select list(label) from map where class = 'without_consent'))
               or category in (select label from map where class = 'without_consent') as says_without_consent,
           category in (select label from map where class = 'unclear') as says_unclear,
           list_has_any(keywords, (select list(label) from map where class = 'left_out')) as about_minors,
           list_has_any(string_split(restriction, '|'),
                        ['DECISION_VISIBILITY_CONTENT_REMOVED', 'DECISION_ACCOUNT_TERMINATED']) as removed,
           ground in ('DECISION_GROUND_ILLEGAL_CONTENT', 'DECISION_GROUND_ILLEGAL_CONTENT+illegal') as on_law,
           ground in ('DECISION_GROUND_INCOMPATIBLE_CONTENT', 'DECISION_GROUND_INCOMPATIBLE_CONTENT+illegal') as on_terms
    from named;

-- One row per kind of statement that is filed as sexual content of adults; possible: how many of the three classes
-- its labels leave open (1: it says which; 3: it says nothing).
create or replace temp view sexual as
    select *,
           case when says_sexual_content::int + says_exploitation::int + says_without_consent::int = 0 then 3
                else says_sexual_content::int + says_exploitation::int + says_without_consent::int end as possible,
           says_sexual_content or (says_unclear and not says_exploitation and not says_without_consent)
               as possible_sexual_content
    from labelled
    where not about_minors and (says_sexual_content or says_exploitation or says_without_consent or says_unclear);

create or replace temp view offered_and_used as
    select platform, keyword, coalesce(sum(statements) filter (list_contains(keywords, keyword)), 0)::bigint as used
    from named cross join offered where day >= second_from
    group by platform, keyword;
