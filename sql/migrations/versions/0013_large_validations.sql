-- The ids of a thousand returns are more than one entry of an index can hold (8,191 bytes).
alter table duban.validation drop constraint validation_plan_rules_version_returns_key;
create unique index validation_once on duban.validation (plan, rules_version, hash_array_extended(returns, 0));
