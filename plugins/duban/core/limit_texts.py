"""What an office is told whose folder holds more than is taken in: where, what, and what to do."""

NAME = "收件超限-{day}.txt"
TOLD = (
    "{office}：\r\n"
    "{day} {time} 收件时，你处收件文件夹中有 {count} 个文件超出限量，没有收取，原样留在原处。"
    "你处其他文件和其他单位的报送不受影响。\r\n"
    "{parts}"
)
TOO_LARGE = (
    "在哪里：{path} 等 {count} 个文件\r\n"
    "是什么：单个文件不得超过 {limit} 兆字节，该文件为 {size:.1f} 兆字节。\r\n"
    "怎么办：删去与周报无关的图片和工作表，另存后重新放入文件夹；原来那份请取走。\r\n"
)
TOO_MANY = (
    "在哪里：{path} 等 {count} 个文件\r\n"
    "是什么：一天最多收取 {limit} 个文件，当日已收满。\r\n"
    "怎么办：不必重报，次日按放入的先后继续收取，收到时间仍以放入时间为准；不是周报的文件请取走。\r\n"
)
LOGGED = "%s: %d files are left where they lie, beyond the plan's limits"
