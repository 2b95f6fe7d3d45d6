insert into duban.audit (plan, seq, paper_id, before, after, done_by, at, why, sha256, number, origin, recorded_at,
                         previous, digest)
values (:plan, :seq, :paper_id, :before, :after, :done_by, :at, :why, :sha256, :number, :origin, :recorded_at,
        :previous, :digest)
