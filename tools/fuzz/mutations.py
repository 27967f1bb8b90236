"""How inputs are made wrong: bits, bytes, tokens, members of packed files."""

import random
import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

Mutation = Callable[[random.Random, bytes], bytes]

ODD_BYTES = (
    *(b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[2J", b"\x85", b"\x80", b"\x7f"),
    *(b'"', b"'", b",", b"\t", b"\n", b"\r", b"\r\n", b";", b"\\", b"/", b"=", b"<", b">", b"&", b"{", b"}"),
    *(b"[", b"]", b":", b"#", b"!", b"*", b"-", b"%", b"0", b"9" * 30, b"1e400", b"NaN", b"null", b" "),
    *(
        "\u202e".encode(),
        "\u2028".encode(),
        "\u200b".encode(),
        "\u3000".encode(),
        "合计".encode(),
        "注：".encode(),
    ),
    *(
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xc0\x80",
        b"\x81\x30\x81\x30",
        b"\xa1",
        "亿".encode("gb18030"),
    ),
)
_BLOCKS = (1, 1, 1, 2, 3, 4, 8, 16, 64)


def one_byte(rng: random.Random, data: bytes) -> bytes:
    """One byte is another."""
    place = rng.randrange(len(data)) if data else 0
    other = rng.choice([rng.randrange(256), (data[place] if data else 0) ^ 1 << rng.randrange(8)])
    return data[:place] + bytes([other]) + data[place + 1 :]


def _cut(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.choice(_BLOCKS) :]


def _cut_off(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _put_in(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + rng.choice(ODD_BYTES) * rng.choice([1, 1, 1, 2, 100]) + data[start:]


def _repeat(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    end = start + rng.choice([1, 4, 16, 64, 256])
    return data[:end] + data[start:end] * rng.choice([1, 1, 2, 20]) + data[end:]


def _move(rng: random.Random, data: bytes) -> bytes:
    start, to = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)
    end = start + rng.choice([1, 4, 16, 64, 256])
    rest = data[:start] + data[end:]
    return rest[:to] + data[start:end] + rest[to:]


BYTES: Sequence[Mutation] = (one_byte, one_byte, _cut, _cut_off, _put_in, _repeat, _move)


def some_bytes(rng: random.Random, data: bytes) -> bytes:
    """One to a few mutations of bytes."""
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        data = rng.choice(BYTES)(rng, data)
    return data


def tokens(pattern: re.Pattern[bytes], odd: Sequence[bytes]) -> Mutation:
    """A mutation of tokens: left out, repeated, swapped, or replaced by odd ones."""

    def mutate(rng: random.Random, data: bytes) -> bytes:
        found = pattern.findall(data)
        for _ in range(rng.choice([1, 1, 1, 2, 4])):
            if not found:
                break
            place = rng.randrange(len(found))
            kind = rng.randrange(6)
            if kind == 0:
                del found[place : place + rng.choice([1, 1, 2, 5])]
            elif kind == 1:
                found[place:place] = found[place : place + rng.choice([1, 1, 2, 8])] * rng.choice(
                    [1, 1, 2, 50]
                )
            elif kind == 2:
                other = rng.randrange(len(found))
                found[place], found[other] = found[other], found[place]
            elif kind == 3:
                found[place] = one_byte(rng, found[place])
            else:
                found[place] = rng.choice(odd) if rng.random() < 0.7 else rng.choice(found)
        return b"".join(found)

    return mutate


JSON_TOKENS = tokens(
    re.compile(rb'\s+|"(?:[^"\\]|\\.)*"|[-+0-9.eE]+|\w+|.', re.DOTALL),
    (
        *(
            b"null",
            b"true",
            b"false",
            b"{}",
            b"[]",
            b'""',
            b'" "',
            b"0",
            b"-0",
            b"-0.0",
            b"1e400",
            b"1e-400",
            b"NaN",
        ),
        *(
            b"-Infinity",
            b"9" * 400,
            b"0." + b"1" * 60,
            b"1" * 5000,
            b"123456789012345678901234567890",
            b"1E5",
            b"01",
        ),
        *(
            b'"\\ud800"',
            b'"\\ud83d\\ude00"',
            b'"\\u0000"',
            b'"\\u001b[31m"',
            b'"=1+1"',
            b"[" * 300,
            b'{"":' * 300,
        ),
        *(
            '"合计"'.encode(),
            '"是"'.encode(),
            '"１２.５"'.encode(),
            '"1.2亿元"'.encode(),
            '"2024年2月30日"'.encode(),
        ),
        *(
            b'"#REF!"',
            b'"${a.b}"',
            b'"2024-12-31T23:59:59+23:59"',
            b'"filing"',
            b'"balance"',
            b'"id"',
            b'"\\u202eabc"',
        ),
    ),
)

XML_TOKENS = tokens(
    re.compile(rb"<[^<>]*>|[^<>]+|.", re.DOTALL),
    (
        *(
            b"<c/>",
            b"<row/>",
            b'<row r="1048577">',
            b'<c r="XFE1">',
            b'<c r="A0"><v>1</v></c>',
            b"</c>",
            b"</row>",
        ),
        *(
            b'<c r="B3" t="s"><v>99999</v></c>',
            b'<c r="B3" t="s"><v>-1</v></c>',
            b'<c t="e"><v>#REF!</v></c>',
        ),
        *(
            b'<c r="B3" t="d"><v>2024-13-01</v></c>',
            b'<c t="inlineStr"><is><t>x</t></is></c>',
            b'<c t="str"><v/></c>',
        ),
        *(
            b'<c t="b"><v>2</v></c>',
            b"<f>1/0</f>",
            b'<f t="shared" si="9"/>',
            b"<!-- -->",
            b"<![CDATA[x]]>",
            b"<?x y?>",
        ),
        *(
            b'<mergeCell ref="A1:XFD1048576"/>',
            b'<mergeCell ref="B2"/>',
            b"<sheetData/>",
            b"&#0;",
            b"&#x1b;",
            b"&lt;",
        ),
        *(
            b"1e400",
            b"NaN",
            b"-1",
            b"1E+20",
            b"45291",
            b"2958466",
            b"-693594",
            b"0.1",
            b"_x0000_",
            b"\xed\xa0\x80",
        ),
        *(
            b'<workbookPr date1904="1"/>',
            b'<dimension ref="A1:XFD1048576"/>',
            b'<c r="A1" s="99999">',
            b"<v>",
            b"</v>",
        ),
        *(
            b'<table:table-cell table:number-columns-repeated="99999999"/>',
            b'<table:table-row table:number-rows-repeated="9"/>',
        ),
        *(
            b'office:value-type="percentage" office:value="1e999"',
            "合计".encode(),
            b"<t>",
            b"</t>",
            b"<si/>",
            b"<sheet/>",
        ),
    ),
)

_ATTRIBUTE = re.compile(rb'(?<==")[^"<>]{0,40}(?=")')
_ODD_ATTRIBUTES = (
    b"",
    b"0",
    b"-1",
    b"1",
    b"99999999999999999999",
    b"A1",
    b"XFD1048576",
    b"e",
    b"s",
    b"rId1",
    b"../x",
    b"\xff",
)


def attributes(rng: random.Random, data: bytes) -> bytes:
    """The value of an XML attribute is another."""
    found = list(_ATTRIBUTE.finditer(data))
    if not found:
        return some_bytes(rng, data)
    place = rng.choice(found)
    value = rng.choice([*_ODD_ATTRIBUTES, rng.choice(found).group(), one_byte(rng, place.group() or b"0")])
    return data[: place.start()] + value + data[place.end() :]


def packed(rng: random.Random, data: bytes, mutations: Sequence[Mutation]) -> bytes:
    """A packed file of which members are mutated, left out, emptied or renamed, with the right checksums."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    kind = rng.randrange(20)
    name = rng.choice(list(members))
    if kind == 0:
        del members[name]
    elif kind == 1:
        members[rng.choice([name.upper(), name + "x", "../" + name, "xl/" + name])] = members.pop(name)
    elif kind == 2:
        members[name] = members[rng.choice(list(members))]
    else:
        for _ in range(rng.choice([1, 1, 1, 2])):
            name = rng.choices(list(members), weights=[1 + len(part) for part in members.values()])[0]
            members[name] = rng.choice(mutations)(rng, members[name])
    target = BytesIO()
    with zipfile.ZipFile(target, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as into:
        for name, part in members.items():
            into.writestr(zipfile.ZipInfo(name), part)
    return target.getvalue()


XML_PARTS: Sequence[Mutation] = (XML_TOKENS, XML_TOKENS, attributes, some_bytes)
BINARY_PARTS: Sequence[Mutation] = (some_bytes, one_byte)
