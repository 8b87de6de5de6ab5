"""What holds in every demo workspace. Each law is a query that finds those who break it."""

from __future__ import annotations

LAWS = {
    "no payment before its contract": """
        select p.id from work.payment p join work.contract c on c.id = p.contract
        where p.paid_on < c.signed_on or p.created_at < c.created_at
    """,
    "payments never exceed their contract": """
        select c.id from work.contract c join work.payment p on p.contract = c.id
        group by c.id having sum(p.amount) > c.amount
    """,
    "the instalments of a contract are its amount": """
        select c.id from work.contract c left join work.payment_plan i on i.contract = c.id
        group by c.id having sum(i.amount) is distinct from c.amount
    """,
    "an instalment's state says what was paid": """
        select i.id from work.payment_plan i left join work.payment p on p.payment_plan = i.id
        group by i.id having i.status is distinct from case
          when coalesce(sum(p.amount), 0) = 0 then 'pending' when sum(p.amount) < i.amount then 'partial' else 'paid' end
    """,
    "invoices follow payments and never exceed their contract": """
        select c.id from work.contract c join work.invoice i on i.contract = c.id
        group by c.id having sum(i.amount) > (select sum(amount) from work.payment p where p.contract = c.id)
    """,
    "a contract is for what its accepted quote says": """
        select c.id from work.contract c join work.quote q on q.id = c.quote
        where q.status <> 'accepted' or q.amount <> c.amount or q.opportunity <> c.opportunity
    """,
    "a quote is the sum of its lines less the discount": """
        select q.id from work.quote q left join work.quote_line l on l.quote = q.id
        group by q.id having q.amount is distinct from round(sum(l.amount) * (100 - q.discount) / 100, 2)
    """,
    "a quote's line is its price times its quantity": """
        select id from work.quote_line where amount <> price * quantity
    """,
    "exactly the won opportunities have a contract": """
        select o.id from work.opportunity o left join work.contract c on c.opportunity = o.id
        group by o.id having (o.stage = 'won') <> (count(c.id) = 1)
    """,
    "what is won or lost says why, and nothing else does": """
        select id from work.opportunity where (stage in ('won', 'lost')) <> (close_reason is not null)
    """,
    "nobody is in two calls at once": """
        select id from (
          select id, started_at, lag(ended_at) over (partition by owner order by started_at) as before from work.call
        ) as c where started_at < before
    """,
    "a connected call has a talk, an answer and a wrap-up, another has none": """
        select id from work.call where (outcome = 'connected') <> (talk_seconds > 0)
          or (outcome = 'connected') <> (answered_at is not null)
          or (outcome = 'connected') <> (wrap_up is not distinct from 'saved')
          or (outcome = 'connected') <> (activity is not null) or state <> 'ended'
          or ended_at < started_at or answered_at not between started_at and ended_at
    """,
    "a call's wrap-up is its own agent's and comes when it has ended": """
        select c.id from work.call c join work.activity a on a.id = c.activity
        where a.owner <> c.owner or a.happened_at < c.ended_at
          or a.lead is distinct from c.lead or a.opportunity is distinct from c.opportunity
    """,
    "a call goes to the number of whom it is about": """
        select c.id from work.call c left join work.lead l on l.id = c.lead left join work.contact p on p.id = c.contact
        where c.number not in (coalesce(l.phone, ''), coalesce(p.phone, ''))
    """,
    "who was converted is an account, and whoever is an account was converted": """
        select l.phone from work.lead l full join work.account a on a.phone = l.phone
        where (l.status = 'converted') is distinct from (a.id is not null) or l.account is distinct from a.id
    """,
    "every number is another's": """
        select phone from work.lead group by phone having count(*) > 1
        union all select phone from work.contact group by phone having count(*) > 1
    """,
    "numbers are Chinese mobiles in E.164, of ranges no carrier has": """
        select phone from (select phone from work.lead union all select phone from work.contact) as n
        where phone !~ '^\\+861(54|60|61|63|64|68|69|79)\\d{8}$'
    """,
    "names are Chinese": """
        select name from (
          select name from work.lead where name is not null union all select name from work.contact
          union all select name from tuoke.user_account
        ) as n where name !~ '^[\u4e00-\u9fff]{2,4}$'
    """,
    "a lead comes while its campaign runs, and from where the campaign is": """
        select l.id from work.lead l join work.campaign c on c.id = l.campaign
        where (l.created_at at time zone 'Asia/Shanghai')::date not between c.starts_on and c.ends_on
          or l.source <> c.source
    """,
    "an opportunity comes from where its lead came from": """
        select o.id from work.opportunity o join work.account a on a.id = o.account where o.source <> a.source
    """,
    "who waits for a next time has a to-do for it": """
        select l.id from work.lead l where next_follow_at is not null and not exists (
          select from work.task t where t.lead = l.id and t.status = 'open' and t.due_at = l.next_follow_at
            and t.owner = l.owner)
        union all
        select o.id from work.opportunity o where next_follow_at is not null and not exists (
          select from work.task t where t.opportunity = o.id and t.status = 'open' and t.due_at = o.next_follow_at)
    """,
    "nothing is due with those who are out of the question": """
        select id from work.lead where next_follow_at is not null and (status in ('converted', 'invalid') or owner is null)
        union all select id from work.opportunity where next_follow_at is not null and stage in ('won', 'lost')
    """,
    "the last follow-up is the newest one": """
        select l.id from work.lead l left join work.activity a on a.lead = l.id
        group by l.id having l.last_follow_at is distinct from max(a.happened_at)
    """,
    "the first response is the first conversation": """
        select l.id from work.lead l left join work.activity a on a.lead = l.id
          and a.result not in ('no_answer', 'wrong_number')
        left join work.call c on c.activity = a.id and c.talk_seconds > 60
        group by l.id having l.first_response_at is distinct from min(coalesce(c.answered_at, a.happened_at))
    """,
    "a response in time came before it was due, a late one after, and none is overdue that came": """
        select l.id from work.lead l left join lateral (
          select min(happened_at) as at from work.activity a
          where a.lead = l.id and a.result not in ('no_answer', 'wrong_number')) as said on true
        where first_response is not null and not case first_response
          when 'in_time' then said.at <= first_response_due when 'late' then said.at > first_response_due
          when 'overdue' then said.at is null and first_response_due <= '{now}'
          else said.at is null and (first_response_due > '{now}' or status = 'invalid') end
    """,
    "who asked has a clock, who stands on a bought list has none": """
        select id from work.lead where (source in ('list', 'other')) = (first_response is not null)
          or (first_response is null) <> (first_response_due is null)
    """,
    "targets are for whole months": """
        select id from work.target where starts_on <> date_trunc('month', starts_on)::date
          or ends_on <> (starts_on + interval '1 month - 1 day')::date
    """,
    "a recording is a call's that was answered, as long as its talk": """
        select r.id from work.recording r join work.call c on c.id = r.call
        where c.outcome <> 'connected' or abs(r.seconds - c.talk_seconds) > 0.1 or r.owner <> c.owner
    """,
    "a recorded call has both sides, each a file of its own": """
        select call from work.recording group by call having count(*) <> 2 or count(distinct side) <> 2
        union all select audio[1] from work.recording group by audio[1] having count(*) > 1
        union all select id from work.recording where cardinality(audio) <> 1
    """,
    "a survey answers a ticket of the same customer that was solved before": """
        select s.id from work.survey_answer s join work.ticket t on t.id = s.ticket
        where s.account <> t.account or t.status <> 'closed' or s.answered_at < t.reported_at
    """,
    "tracked moves follow each other: each begins where the last ended, later": """
        select id from (
          select id, at, from_value, lag(to_value) over w as before, lag(at) over w as earlier from bus.field_change
          window w as (partition by table_id, record, field order by id)
        ) as m where from_value is distinct from before or at < earlier
    """,
    "stages go forward": """
        select m.id from bus.field_change m join tuoke.table_def t on t.id = m.table_id
        where (t.key, m.field) in (('opportunity', 'stage'), ('lead', 'status')) and from_value is not null
          and array_position(array['new', 'following', 'interested', 'converted', 'invalid', 'first_contact', 'needs', 'quote',
            'negotiation', 'won', 'lost'], to_value #>> '{}')
          <= array_position(array['new', 'following', 'interested', 'converted', 'invalid', 'first_contact', 'needs', 'quote',
            'negotiation', 'won', 'lost'], from_value #>> '{}')
    """,
    "an opportunity leaves no stage out": """
        select m.id from bus.field_change m join tuoke.table_def t on t.id = m.table_id
        where t.key = 'opportunity' and m.field = 'stage' and to_value #>> '{}' <> 'lost' and from_value is not null
          and (from_value #>> '{}', to_value #>> '{}') not in (('first_contact', 'needs'), ('needs', 'quote'),
            ('quote', 'negotiation'), ('negotiation', 'won'))
    """,
    "every change belongs to a write of its moment": """
        select c.id from bus.change c left join bus.write w on w.txn = c.txn and w.at = c.at
          and c.id between w.first_change and w.last_change where w.id is null
    """,
    "no write waits to be numbered, and the next number is the first": """
        select id from bus.write where seq is null or seq > 0
    """,
    "nobody waits for a first password": """
        select id from tuoke.user_account where must_change_password and email <> 'admin@tuoke.local'
    """,
}

OF_EVERY_TABLE = {
    "the log has told as many changes as there are versions": """
        select r.id from work."{table}" r left join bus.change c on c.table_id = {id} and c.record = r.id
        group by r.id, r.version having count(*) <> r.version or count(*) filter (where c.kind = 1) <> 1
    """,
    "nothing was made or changed later than now, or before it was made": """
        select id from work."{table}" where created_at > '{now}' or updated_at > '{now}' or updated_at < created_at
    """,
    "everything was made by somebody who was there": """
        select r.id from work."{table}" r left join tuoke.user_account u on u.id = r.created_by
        where u.id is null or u.created_at > r.created_at
    """,
}
OF_EVERY_OWNED_TABLE = {
    "the department is the owner's": """
        select r.id from work."{table}" r join tuoke.user_account u on u.id = r.owner
        where u.department is distinct from r.department
    """,
    "what nobody owns is a sales team's": """
        select r.id from work."{table}" r join tuoke.department d on d.id = r.department
        where r.owner is null and d.name not like '%组'
    """,
}
OF_EVERY_LINK = """
    select c.id from work."{table}" c join work."{target}" p on p.id = c."{field}" where c.created_at < p.created_at
    union all select c.id from work."{table}" c where "{field}" is not null
      and not exists (select from work."{target}" p where p.id = c."{field}")
"""
OF_EVERY_TRACKED_FIELD = """
    select r.id from work."{table}" r left join lateral (
      select to_value #>> '{{}}' as value from bus.field_change m
      where m.table_id = {id} and m.record = r.id and m.field = '{field}' order by m.id desc limit 1
    ) as last on true where r."{field}"::text is distinct from last.value
"""
