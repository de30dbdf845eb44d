"""What a covert session is about and must never lie readable anywhere: words, and encodings they could have."""

import base64
from urllib.parse import quote

UNIT = "云泽市政务服务和大数据管理局"
TITLE = "三季度窗口作风暗访"
ROUTE = "环湖路三号后门进楼"
LEADER = "侯八督查组长"
FACT = "三号窗口上午九点四十分无人值守"
TYPED = "一名工作人员在看网络视频"
PLACE = "二楼西侧三号窗口"
CAPTION = "右侧柜台全景并带时钟"
LEADERS = "leader pass phrase 七"
NAMES = (UNIT, "市政务大数据局", TITLE, ROUTE, LEADER, "欧阳㛃", FACT, TYPED, PLACE, CAPTION, LEADERS)
_SHORTEST = 6


def encodings(text):
    """Every form in which a text could lie in a file."""
    plain = text.encode()
    found = {plain, text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("gb18030")}
    found |= {quote(text).encode(), quote(text).lower().encode(), text.encode("unicode_escape")}
    found |= {quote(text.encode("gb18030")).encode()}
    for coding in ("utf-8", "utf-16-le", "gb18030"):
        found |= set(base64_forms(text.encode(coding)))
    return {form for form in found if len(form) >= _SHORTEST}


def base64_forms(data):
    """Its base64 at each of the three places where it can begin; the ends, which hang on the neighbours, are cut."""
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + data)
        yield text[4 if shift else 0 : len(text) - 4]
