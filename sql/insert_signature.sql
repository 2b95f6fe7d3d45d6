insert into duban.signature (plan, paper_id, signed_by, signed_at, dated, number, path, sha256)
values (:plan, :paper_id, :signed_by, :signed_at, :dated, :number, :path, :sha256)
