copy duban.rollup (plan, week, office, version, return_id, compounds, pending, schemes_drafted, schemes_deliberated,
                   committees_filed, improved)
from stdin
