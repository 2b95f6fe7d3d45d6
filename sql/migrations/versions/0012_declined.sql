-- 不予督办: a draft that its issuer decided not to send. Its items keep the rung, so that it is not drafted again.
alter table duban.paper drop constraint paper_state_check;
alter table duban.paper add constraint paper_state_check
    check (state in ('drafted', 'reviewed', 'signed', 'delivered', 'acknowledged', 'rejected', 'withdrawn', 'declined',
                     'void', 'revoked'));
