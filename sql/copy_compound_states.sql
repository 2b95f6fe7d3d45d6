copy duban.compound_state (plan, week, office, version, compound_id, pending, name, community, kind, buildings,
                           households, planned_year, scheme, deliberated_on, aims, accepted_on, committee_stage,
                           filed_on, project_digest)
from stdin
