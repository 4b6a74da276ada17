"""A bucket server for tests: objects from a folder, and AWS Signature Version 4 checked from the specification alone.

    python3 s3-server.py ROOT ACCESS_KEY SECRET_KEY REGION PUBLIC_BUCKET

Path-style only. GET of an object (with Range and If-Range) and ListObjectsV2 with two entries a page, so that a listing
goes on. Prints its port, then a JSON line for each request. Buckets other than PUBLIC_BUCKET need a signature; the key
`denied` in any bucket is refused to everybody.
Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
"""
import datetime
import hashlib
import hmac
import http.server
import json
import os
import re
import sys
import threading
import urllib.parse
from xml.sax.saxutils import escape

root, access_key, secret_key, region, public_bucket = sys.argv[1:6]
speaking = threading.Lock()


def hmac_sha256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def quote(text, safe=""):
    return urllib.parse.quote(text, safe=safe + "-_.~")


def fault(handler, path, query):
    """The S3 error code that the signature deserves; None for a right one."""
    header = handler.headers.get("authorization")
    if header is None:
        return "AccessDenied"
    match = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})",
        header,
    )
    if match is None:
        return "AuthorizationHeaderMalformed"
    key, day, scope_region, signed, signature = match.groups()
    if key != access_key:
        return "InvalidAccessKeyId"
    if scope_region != region:
        return "AuthorizationHeaderMalformed"
    stamp = handler.headers["x-amz-date"]
    then = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ")
    if abs((datetime.datetime.utcnow() - then).total_seconds()) > 900 or not stamp.startswith(day):
        return "RequestTimeTooSkewed"
    names = signed.split(";")
    needed = {"host"} | {name.lower() for name in handler.headers if name.lower().startswith("x-amz-")}
    if names != sorted(names) or not needed <= set(names):
        return "SignatureDoesNotMatch"
    canonical = "\n".join(
        [
            handler.command,
            quote(path, "/"),
            "&".join(sorted(f"{quote(name)}={quote(value)}" for name, value in query)),
            "".join(f"{name}:{' '.join(handler.headers[name].split())}\n" for name in names),
            signed,
            handler.headers["x-amz-content-sha256"],
        ]
    )
    scope = f"{day}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    signing = hmac_sha256(hmac_sha256(hmac_sha256(hmac_sha256(f"AWS4{secret_key}".encode(), day), region), "s3"), "aws4_request")
    return None if hmac_sha256(signing, text).hex() == signature else "SignatureDoesNotMatch"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        path = urllib.parse.unquote(parts.path)
        query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        _, bucket, key = (path.split("/", 2) + [""])[:3]
        code = None if bucket == public_bucket and "authorization" not in self.headers else fault(self, path, query)
        if key.endswith("denied"):
            code = "AccessDenied"
        said = {"path": path, "range": self.headers.get("range"), "signed": "authorization" in self.headers, "fault": code}
        with speaking:
            print(json.dumps(said), flush=True)
        if code is not None:
            return self.refuse(400 if code == "AuthorizationHeaderMalformed" else 403, code)
        if key == "":
            return self.list(bucket, dict(query))
        file = os.path.join(root, bucket, key)
        if not os.path.isfile(file):
            return self.refuse(404, "NoSuchKey")
        with open(file, "rb") as opened:
            self.send_object(opened.read())

    def send_object(self, data):
        etag = '"' + hashlib.md5(data).hexdigest() + '"'
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("range") or "")
        start = int(match.group(1)) if match and self.headers.get("if-range") in (None, etag) else None
        if start is not None and start >= len(data):
            return self.answer(416, b"", {"content-range": f"bytes */{len(data)}"})
        headers = {"etag": etag}
        if start is not None:
            headers["content-range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        self.answer(200 if start is None else 206, data[start or 0 :], headers)

    def list(self, bucket, query):
        prefix = query["prefix"]
        names = set()
        for folder, _, files in os.walk(os.path.join(root, bucket)):
            for name in files:
                key = os.path.relpath(os.path.join(folder, name), os.path.join(root, bucket))
                if key.startswith(prefix):
                    first, *deeper = key[len(prefix) :].split("/")
                    names.add(prefix + first + ("/" if deeper else ""))
        begin = int(query.get("continuation-token", "page=0+").strip("page=+"))
        page = sorted(names)[begin : begin + 2]
        more = begin + 2 < len(names)
        body = ['<?xml version="1.0" encoding="UTF-8"?>', '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">']
        body.append(f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>")
        if more:
            body.append(f"<NextContinuationToken>page={begin + 2}+</NextContinuationToken>")
        for name in page:
            if name.endswith("/"):
                body.append(f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>")
            else:
                size = os.path.getsize(os.path.join(root, bucket, name))
                body.append(f"<Contents><Key>{escape(name)}</Key><Size>{size}</Size></Contents>")
        self.answer(200, ("\n".join(body) + "</ListBucketResult>").encode(), {"content-type": "application/xml"})

    def refuse(self, status, code):
        self.answer(status, f"<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>".encode(), {})

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
