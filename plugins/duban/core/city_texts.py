"""What the city's 通报 says beside its base document."""

TITLE = "{mark}关于{name}{work}进展情况的通报"
NUMBER = "{prefix}〔{year}〕{number}号"
WHOLE_CITY = "全市"
NO_CITY = "没有写明全市汇总文件，请用 DUBAN_CITY 指定（格式见 docs/operating.md）。"
NOT_AMONG = "全市汇总文件所列的方案 {missing} 不在本系统的方案之中，现有：{known}；请改正文件或者补进 DUBAN_PLANS。"
NO_OUTPUT = "请用 -o 写明通报存到哪个文件，或者用 --json 只看数据。"
WRITTEN = "已写：{path}（未编号、未签发的文稿）"
