#!/usr/bin/env python3
"""objectscale-local under botocore: plain S3, metadata search by the project's extras, signatures, restarts, load.

The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), folder) for folder in ("differential", "support")]
import python_environment  # noqa: E402  first: it may restart the script inside the venv

import base64  # noqa: E402
import concurrent.futures  # noqa: E402
import datetime  # noqa: E402
import hashlib  # noqa: E402
import http.client  # noqa: E402
import re  # noqa: E402
import socket  # noqa: E402
import time  # noqa: E402
import unittest  # noqa: E402
import urllib.parse  # noqa: E402

import closing_line  # noqa: E402
import local_endpoint  # noqa: E402
from local_endpoint import ACCESS_KEY, SECRET_KEY, LocalEndpoint  # noqa: E402

MIB = 1024 * 1024


def missing() -> str | None:
    if not os.access(local_endpoint.PROGRAM, os.X_OK):
        return f"{local_endpoint.PROGRAM} is not built"
    return python_environment.missing_botocore()


def error_of(call, *arguments, **parameters):
    """(code, status) of the error that a call must give."""
    from botocore.exceptions import ClientError

    try:
        call(*arguments, **parameters)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    raise AssertionError("the call succeeded")


class EndpointTest(unittest.TestCase):
    """One server for the tests of a class, a bucket for each test."""

    OPTIONS: tuple[str, ...] = ()

    @classmethod
    def setUpClass(cls):
        if missing():
            raise unittest.SkipTest(missing())
        cls.folder = local_endpoint.scratch_folder()
        cls.server = LocalEndpoint(os.path.join(cls.folder.name, "data"), *cls.OPTIONS)
        cls.server.start()
        cls.s3 = cls.server.client()

    @classmethod
    def tearDownClass(cls):
        status = cls.server.stop()
        cls.folder.cleanup()
        assert status == 0, f"the server ended with {status}"

    def bucket(self, keys=None, **parameters):
        name = re.sub(r"[^a-z]+", "-", self.id().rsplit(".", 1)[1].lower()).strip("-")
        if keys:
            parameters["SearchMetaData"] = keys
        self.s3.create_bucket(Bucket=name, **parameters)
        return name

    def put(self, bucket, key, body=b"", **metadata):
        return self.s3.put_object(Bucket=bucket, Key=key, Body=body, Metadata=metadata)

    def query(self, bucket, expression, **parameters):
        return self.s3.metadata_search(Bucket=bucket, Query=expression, **parameters)

    def names(self, bucket, expression, **parameters):
        return [match["objectName"] for match in self.query(bucket, expression, **parameters)["ObjectMatches"]]

    def signed(self, method, target, headers=None, body=b"", service="s3", keys=(ACCESS_KEY, SECRET_KEY)):
        """A request whose target goes out as it is, signed by botocore."""
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        request = AWSRequest(method, self.server.url + target, headers=headers or {}, data=body)
        S3SigV4Auth(Credentials(*keys), service, "anywhere").add_auth(request)
        return self.raw(method, target, dict(request.headers.items()), body)

    def raw(self, method, target, headers, body=b""):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.request(method, target, body=body, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace"), response.headers
        finally:
            connection.close()


class Buckets(EndpointTest):
    def test_life_of_a_bucket(self):
        bucket = self.bucket()
        self.assertIn(bucket, [entry["Name"] for entry in self.s3.list_buckets()["Buckets"]])
        self.s3.head_bucket(Bucket=bucket)
        self.assertEqual(error_of(self.s3.create_bucket, Bucket=bucket), ("BucketAlreadyOwnedByYou", 409))
        self.put(bucket, "a")
        self.assertEqual(error_of(self.s3.delete_bucket, Bucket=bucket), ("BucketNotEmpty", 409))
        self.s3.delete_object(Bucket=bucket, Key="a")
        self.s3.delete_bucket(Bucket=bucket)
        self.assertEqual(error_of(self.s3.head_bucket, Bucket=bucket), ("404", 404))
        self.assertEqual(error_of(self.s3.list_objects_v2, Bucket=bucket), ("NoSuchBucket", 404))

    def test_location_and_versioning(self):
        bucket = self.bucket(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        self.assertEqual(self.s3.get_bucket_location(Bucket=bucket)["LocationConstraint"], "eu-west-1")
        self.assertNotIn("Status", self.s3.get_bucket_versioning(Bucket=bucket))
        self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        self.assertEqual(self.s3.get_bucket_versioning(Bucket=bucket)["Status"], "Enabled")

    def test_emptying_delete(self):
        bucket = self.bucket()
        self.put(bucket, "a")
        self.assertEqual(self.s3.get_bucket_deletion_status(Bucket=bucket)["Status"], "NOT_FOUND")
        self.s3.delete_bucket(Bucket=bucket, EmptyBucket=True)
        self.assertEqual(error_of(self.s3.get_bucket_deletion_status, Bucket=bucket), ("NoSuchBucket", 404))

    def test_pages_of_buckets(self):
        for i in range(3):
            self.s3.create_bucket(Bucket=f"paged-{i}")
        first = self.s3.list_buckets(Limit=2, Marker="paged-")
        self.assertEqual([b["Name"] for b in first["Buckets"]], ["paged-0", "paged-1"])
        rest = self.s3.list_buckets(Limit=2, Marker=first["NextMarker"])
        self.assertEqual([b["Name"] for b in rest["Buckets"]][:1], ["paged-2"])

    def test_an_operation_without_handler_is_named(self):
        bucket = self.bucket()
        self.assertEqual(error_of(self.s3.get_bucket_tagging, Bucket=bucket), ("NotImplemented", 501))
        status, body, _ = self.signed("GET", f"/{bucket}?tagging")
        self.assertIn("GetBucketTagging", body)

    def test_nodes_and_ping(self):
        self.assertEqual(self.s3.list_data_nodes()["DataNodes"], ["127.0.0.1"])
        items = {item["Name"]: item for item in self.s3.ping()["PingItems"]}
        self.assertEqual(items["MAINTENANCE_MODE"]["Status"], "OFF")
        self.assertEqual(self.raw("GET", "/?ping", {})[0], 200, "a ping needs no signature")


class Objects(EndpointTest):
    KEYS = ["plain", "a b", "a+b", "100%", "a%20b", "é/ü", "日本", "q?x=1&y#z", "tag<&>\"'", "//two", "a//b", "trailing/",
            "/leading", "..", "./x", "~t", "c:d@e"]

    def test_keys_of_all_kinds(self):
        bucket = self.bucket()
        for key in self.KEYS:
            self.put(bucket, key, key.encode())
        for key in self.KEYS:
            self.assertEqual(self.s3.get_object(Bucket=bucket, Key=key)["Body"].read(), key.encode(), key)
        listed = [entry["Key"] for entry in self.s3.list_objects_v2(Bucket=bucket)["Contents"]]
        self.assertEqual(listed, sorted(self.KEYS, key=lambda key: key.encode()))

    def test_metadata_and_headers(self):
        bucket = self.bucket()
        put = self.s3.put_object(
            Bucket=bucket, Key="k", Body=b"x", Metadata={"Mixed": "Value 1"}, ContentType="text/plain",
            CacheControl="no-store", ContentDisposition="inline", ContentLanguage="de", ContentEncoding="gzip",
            Expires=datetime.datetime(2030, 1, 1))
        self.assertEqual(put["ETag"], f'"{hashlib.md5(b"x").hexdigest()}"')
        got = self.s3.head_object(Bucket=bucket, Key="k")
        self.assertEqual(got["Metadata"], {"mixed": "Value 1"})
        self.assertEqual([got[n] for n in ("ContentType", "CacheControl", "ContentDisposition", "ContentLanguage",
                                           "ContentEncoding", "ContentLength")],
                         ["text/plain", "no-store", "inline", "de", "gzip", 1])
        self.assertEqual(got["Expires"].year, 2030)
        overridden = self.s3.get_object(Bucket=bucket, Key="k", ResponseContentType="a/b")
        self.assertEqual(overridden["ContentType"], "a/b")

    def test_ranges(self):
        bucket = self.bucket()
        self.put(bucket, "k", b"0123456789")
        for header, expected in (("bytes=2-4", b"234"), ("bytes=8-", b"89"), ("bytes=-3", b"789"), ("bytes=5-99", b"56789")):
            got = self.s3.get_object(Bucket=bucket, Key="k", Range=header)
            self.assertEqual((got["Body"].read(), got["ResponseMetadata"]["HTTPStatusCode"]), (expected, 206), header)
        self.assertEqual(got["ContentRange"], "bytes 5-9/10")
        self.assertEqual(error_of(self.s3.get_object, Bucket=bucket, Key="k", Range="bytes=10-"), ("InvalidRange", 416))
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="k", Range="nonsense")["ContentLength"], 10)
        several = self.s3.get_object(Bucket=bucket, Key="k", Range="bytes=0-1,5-6")
        self.assertTrue(several["ContentType"].startswith("multipart/byteranges"))
        body = several["Body"].read()
        self.assertIn(b"\r\n\r\n01\r\n", body)
        self.assertIn(b"Content-Range: bytes 5-6/10", body)

    def test_conditions(self):
        bucket = self.bucket()
        etag = self.put(bucket, "k", b"x")["ETag"]
        get = self.s3.get_object
        self.assertEqual(error_of(get, Bucket=bucket, Key="k", IfMatch='"other"'), ("PreconditionFailed", 412))
        self.assertEqual(error_of(get, Bucket=bucket, Key="k", IfNoneMatch=etag), ("304", 304))
        get(Bucket=bucket, Key="k", IfMatch=etag, IfNoneMatch='"other"')
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        self.assertEqual(error_of(get, Bucket=bucket, Key="k", IfModifiedSince=later), ("304", 304))
        past = datetime.datetime(2001, 1, 1)
        self.assertEqual(error_of(get, Bucket=bucket, Key="k", IfUnmodifiedSince=past), ("PreconditionFailed", 412))
        self.assertEqual(error_of(self.s3.put_object, Bucket=bucket, Key="k", IfNoneMatch="*"), ("PreconditionFailed", 412))
        self.s3.put_object(Bucket=bucket, Key="new", IfNoneMatch="*")
        self.assertEqual(error_of(self.s3.put_object, Bucket=bucket, Key="k", IfMatch='"other"'), ("PreconditionFailed", 412))

    def test_errors_of_reading(self):
        bucket = self.bucket()
        self.assertEqual(error_of(self.s3.get_object, Bucket=bucket, Key="none"), ("NoSuchKey", 404))
        self.assertEqual(error_of(self.s3.head_object, Bucket=bucket, Key="none"), ("404", 404))
        self.assertEqual(error_of(self.s3.get_object, Bucket="no-such-bucket", Key="k"), ("NoSuchBucket", 404))
        self.s3.delete_object(Bucket=bucket, Key="none")

    def test_digests_are_checked(self):
        bucket = self.bucket()
        wrong = base64.b64encode(hashlib.md5(b"other").digest()).decode()
        self.assertEqual(error_of(self.s3.put_object, Bucket=bucket, Key="k", Body=b"x", ContentMD5=wrong), ("BadDigest", 400))
        self.assertEqual(error_of(self.s3.put_object, Bucket=bucket, Key="k", Body=b"x", ContentMD5="eA=="), ("InvalidDigest", 400))
        self.assertEqual(error_of(self.s3.put_object, Bucket=bucket, Key="k", Body=b"x", ChecksumCRC32="AAAAAA=="),
                         ("BadDigest", 400))
        for algorithm in ("CRC32", "SHA1", "SHA256"):
            self.s3.put_object(Bucket=bucket, Key=algorithm, Body=b"123456789", ChecksumAlgorithm=algorithm)
            got = self.s3.get_object(Bucket=bucket, Key=algorithm, ChecksumMode="ENABLED")
            self.assertIn(f"Checksum{algorithm}", got)
            self.assertEqual(got["Body"].read(), b"123456789")
        self.assertEqual(self.s3.head_object(Bucket=bucket, Key="CRC32", ChecksumMode="ENABLED")["ChecksumCRC32"], "y/Q5Jg==")
        for header, value in (("x-amz-checksum-crc32c", "4waSgw=="), ("x-amz-checksum-crc64nvme", "rosUhgp5mIg=")):
            self.assertEqual(self.signed("PUT", f"/{bucket}/c", {header: value}, b"123456789")[0], 200, header)
            self.assertEqual(self.signed("PUT", f"/{bucket}/c", {header: value}, b"12345678")[0], 400, header)

    def test_copies(self):
        bucket = self.bucket()
        self.put(bucket, "a b/ü", b"x", colour="teal")
        self.s3.copy_object(Bucket=bucket, Key="c", CopySource={"Bucket": bucket, "Key": "a b/ü"})
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="c")["Metadata"], {"colour": "teal"})
        self.s3.copy_object(Bucket=bucket, Key="d", CopySource=f"{bucket}/c", MetadataDirective="REPLACE", Metadata={"n": "1"})
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="d")["Metadata"], {"n": "1"})
        self.assertEqual(error_of(self.s3.copy_object, Bucket=bucket, Key="c", CopySource=f"{bucket}/c"), ("InvalidRequest", 400))
        self.assertEqual(error_of(self.s3.copy_object, Bucket=bucket, Key="e", CopySource=f"{bucket}/none"), ("NoSuchKey", 404))
        self.s3.delete_object(Bucket=bucket, Key="a b/ü")
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="c")["Body"].read(), b"x")

    def test_deleting_many(self):
        bucket = self.bucket()
        for i in range(3):
            self.put(bucket, f"k{i}")
        result = self.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": f"k{i}"} for i in range(4)]})
        self.assertEqual([entry["Key"] for entry in result["Deleted"]], ["k0", "k1", "k2", "k3"])
        self.assertNotIn("Contents", self.s3.list_objects_v2(Bucket=bucket))

    def test_byte_range_writes(self):
        bucket = self.bucket()
        self.put(bucket, "k", b"0123456789")
        overwritten = self.s3.put_object(Bucket=bucket, Key="k", Body=b"ABC", Range="bytes=2-4")
        self.assertEqual(overwritten["ResponseMetadata"]["HTTPStatusCode"], 204)
        self.s3.put_object(Bucket=bucket, Key="k", Body=b"XYZ", Range="bytes=8-")
        appended = self.s3.put_object(Bucket=bucket, Key="k", Body=b"!", Range="bytes=-1-")
        self.assertEqual(appended["AppendOffset"], 11)
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="k")["Body"].read(), b"01ABC567XYZ!")
        self.assertEqual(error_of(self.s3.put_object, Bucket=bucket, Key="k", Body=b"x", Range="bytes=99-"), ("InvalidRange", 416))

    def test_retention(self):
        bucket = self.bucket()
        self.s3.put_object(Bucket=bucket, Key="k", Body=b"x", RetentionPeriod=3600)
        self.assertEqual(self.s3.head_object(Bucket=bucket, Key="k")["RetentionPeriod"], 3600)
        self.assertEqual(error_of(self.s3.delete_object, Bucket=bucket, Key="k"), ("ObjectUnderRetention", 409))
        self.assertEqual(error_of(self.s3.put_object, Bucket=bucket, Key="k"), ("ObjectUnderRetention", 409))
        self.s3.extend_object_retention(Bucket=bucket, Key="k", RetentionPeriod=7200)
        self.assertEqual(error_of(self.s3.extend_object_retention, Bucket=bucket, Key="k", RetentionPeriod=60),
                         ("InvalidArgument", 400))

    def test_assembling_from_segments(self):
        bucket = self.bucket()
        self.put(bucket, "a", b"0123456789")
        self.put(bucket, "b", b"abcdef")
        self.s3.copy_range(Bucket=bucket, Key="c", MultipartCopy=True, CopyRange={
            "ContentType": "text/x", "Segments": [{"Path": f"{bucket}/a", "Range": "0-1,8-"}, {"Path": f"{bucket}/b"}]})
        got = self.s3.get_object(Bucket=bucket, Key="c")
        self.assertEqual((got["Body"].read(), got["ContentType"]), (b"0189abcdef", "text/x"))


class Listings(EndpointTest):
    def test_pages_cover_all_keys_once(self):
        bucket = self.bucket()
        keys = [f"d{i % 3}/{i:03}" for i in range(25)] + ["top"]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda key: self.put(bucket, key), keys))
        for operation in ("list_objects", "list_objects_v2"):
            paginator = self.s3.get_paginator(operation)
            found, groups = [], []
            for page in paginator.paginate(Bucket=bucket, PaginationConfig={"PageSize": 4}):
                found += [entry["Key"] for entry in page.get("Contents", [])]
            self.assertEqual(found, sorted(keys), operation)
            for page in paginator.paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 1}):
                groups += [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]
                groups += [entry["Key"] for entry in page.get("Contents", [])]
            self.assertEqual(groups, ["d0/", "d1/", "d2/", "top"], operation)

    def test_parameters(self):
        bucket = self.bucket()
        for key in ("a", "b/1", "b/2", "c", "x\x1dy"):
            self.put(bucket, key)
        keys = lambda **p: [e["Key"] for e in self.s3.list_objects_v2(Bucket=bucket, **p).get("Contents", [])]  # noqa: E731
        self.assertEqual(keys(Prefix="b/"), ["b/1", "b/2"])
        self.assertEqual(keys(StartAfter="b/1"), ["b/2", "c", "x\x1dy"])
        self.assertEqual(keys(MaxKeys=1), ["a"])
        self.assertEqual(keys(MaxKeys=0), [])
        self.assertEqual(keys(EncodingType="url", Prefix="x"), ["x%1Dy"])
        self.assertEqual(error_of(self.s3.list_objects_v2, Bucket=bucket, ContinuationToken="!"), ("InvalidArgument", 400))
        self.assertEqual(self.signed("GET", f"/{bucket}?max-keys=x")[0], 400)

    def test_versions(self):
        bucket = self.bucket()
        self.put(bucket, "k", b"0")
        self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        first = self.put(bucket, "k", b"1")["VersionId"]
        second = self.put(bucket, "k", b"2")["VersionId"]
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="k", VersionId=first)["Body"].read(), b"1")
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="k", VersionId="null")["Body"].read(), b"0")
        marker = self.s3.delete_object(Bucket=bucket, Key="k")
        self.assertTrue(marker["DeleteMarker"])
        self.assertEqual(error_of(self.s3.get_object, Bucket=bucket, Key="k"), ("NoSuchKey", 404))
        listed = self.s3.list_object_versions(Bucket=bucket)
        self.assertEqual([v["VersionId"] for v in listed["Versions"]], [second, first, "null"])
        self.assertEqual([m["IsLatest"] for m in listed["DeleteMarkers"]], [True])
        paged = [v["VersionId"] for page in self.s3.get_paginator("list_object_versions").paginate(
            Bucket=bucket, PaginationConfig={"PageSize": 1}) for v in page.get("Versions", [])]
        self.assertEqual(paged, [second, first, "null"])
        self.s3.delete_object(Bucket=bucket, Key="k", VersionId=marker["VersionId"])
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="k")["Body"].read(), b"2")
        self.assertEqual(error_of(self.s3.get_object, Bucket=bucket, Key="k", VersionId="none"), ("NoSuchVersion", 404))

    def test_suspended_versioning(self):
        bucket = self.bucket()
        self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        kept = self.put(bucket, "k", b"1")["VersionId"]
        self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
        self.put(bucket, "k", b"2")
        self.put(bucket, "k", b"3")
        versions = [v["VersionId"] for v in self.s3.list_object_versions(Bucket=bucket)["Versions"]]
        self.assertEqual(versions, ["null", kept])


class Multipart(EndpointTest):
    def test_parts_become_an_object(self):
        bucket = self.bucket()
        upload = self.s3.create_multipart_upload(Bucket=bucket, Key="k", Metadata={"a": "b"}, ContentType="x/y")["UploadId"]
        bodies = [b"1" * (5 * MIB), b"2" * (5 * MIB), b"3"]
        parts = []
        for number, body in enumerate(bodies, 1):
            etag = self.s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=number, Body=body)["ETag"]
            parts.append({"PartNumber": number, "ETag": etag})
        self.assertEqual([p["Size"] for p in self.s3.list_parts(Bucket=bucket, Key="k", UploadId=upload)["Parts"]],
                         [len(body) for body in bodies])
        self.assertEqual(self.s3.list_multipart_uploads(Bucket=bucket)["Uploads"][0]["UploadId"], upload)
        done = self.s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload={"Parts": parts})
        digests = b"".join(hashlib.md5(body).digest() for body in bodies)
        self.assertEqual(done["ETag"], f'"{hashlib.md5(digests).hexdigest()}-3"')
        got = self.s3.get_object(Bucket=bucket, Key="k")
        self.assertEqual((got["Body"].read(), got["Metadata"], got["ContentType"]), (b"".join(bodies), {"a": "b"}, "x/y"))
        self.assertNotIn("Uploads", self.s3.list_multipart_uploads(Bucket=bucket))

    def test_boto3_transfers(self):
        try:
            from boto3.s3.transfer import S3Transfer
        except ImportError:
            self.skipTest("boto3 is not installed")
        bucket = self.bucket()
        path = os.path.join(self.folder.name, "transfer")
        with open(path, "wb") as file:
            file.write(os.urandom(20 * MIB))
        with S3Transfer(self.s3) as transfer:
            transfer.upload_file(path, bucket, "k")
            transfer.download_file(bucket, "k", path + ".back")
        with open(path, "rb") as sent, open(path + ".back", "rb") as received:
            self.assertEqual(sent.read(), received.read())

    def test_refusals(self):
        bucket = self.bucket()
        upload = self.s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
        etags = [self.s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=n, Body=b"x")["ETag"] for n in (1, 2)]
        complete = lambda *parts: error_of(  # noqa: E731
            self.s3.complete_multipart_upload, Bucket=bucket, Key="k", UploadId=upload,
            MultipartUpload={"Parts": [{"PartNumber": n, "ETag": e} for n, e in parts]})
        self.assertEqual(complete((1, etags[0]), (2, etags[1])), ("EntityTooSmall", 400))
        self.assertEqual(complete((2, etags[1]), (1, etags[0])), ("InvalidPartOrder", 400))
        self.assertEqual(complete((1, '"other"')), ("InvalidPart", 400))
        self.s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=upload)
        self.assertEqual(complete((1, etags[0])), ("NoSuchUpload", 404))

    def test_copied_parts(self):
        bucket = self.bucket()
        self.put(bucket, "source", b"0123456789")
        upload = self.s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
        part = self.s3.upload_part_copy(Bucket=bucket, Key="k", UploadId=upload, PartNumber=1,
                                        CopySource=f"{bucket}/source", CopySourceRange="bytes=3-5")
        self.s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload={
            "Parts": [{"PartNumber": 1, "ETag": part["CopyPartResult"]["ETag"]}]})
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="k")["Body"].read(), b"345")


class MetadataSearch(EndpointTest):
    def test_keys_of_service_and_bucket(self):
        system = self.s3.get_system_metadata()
        self.assertEqual({k["Name"]: k["Datatype"] for k in system["IndexableKeys"]},
                         {"LastModified": "datetime", "Owner": "string", "Size": "integer", "CreateTime": "datetime",
                          "ObjectName": "string"})
        self.assertEqual(len(system["OptionalAttributes"]), 13)
        bucket = self.bucket("Size, createtime;DateTime ,x-amz-meta-STR;String")
        keys = self.s3.get_search_metadata(Bucket=bucket)
        self.assertTrue(keys["MetadataSearchEnabled"])
        self.assertEqual({k["Name"]: k["Datatype"] for k in keys["IndexableKeys"]},
                         {"Size": "integer", "CreateTime": "datetime", "x-amz-meta-str": "string"})

    def test_bad_declarations(self):
        many = ",".join(f"x-amz-meta-k{i};string" for i in range(31))
        for header in ("Size,,Owner", "Colour", "x-amz-meta-a", "x-amz-meta-a;text", "Size;string", "Size,size",
                       "x-amz-meta-A;string,x-amz-meta-a;integer", "ContentType", "x-amz-meta-;string", many):
            self.assertEqual(error_of(self.s3.create_bucket, Bucket="never-made", SearchMetaData=header),
                             ("Invalid metadata search list entered", 400), header)
        self.assertEqual(error_of(self.s3.head_bucket, Bucket="never-made"), ("404", 404))

    def test_has_key(self):
        bucket = self.bucket("x-amz-meta-s;string")
        self.put(bucket, "with", s="t")
        self.put(bucket, "empty", s="")
        self.put(bucket, "without", other="t")
        self.assertEqual(sorted(self.names(bucket, "(x-amz-meta-s<='') or (x-amz-meta-s>='')")), ["empty", "with"])

    def test_key_names_have_no_case(self):
        bucket = self.bucket("x-amz-meta-s;string")
        self.put(bucket, "a", s="t")
        self.put(bucket, "b", s="T")
        self.assertEqual(self.names(bucket, "X-AMZ-META-S=='t'"), ["a"])
        self.assertEqual(self.names(bucket, 'x-amz-meta-s=="t"'), ["a"])

    def test_types_compare_as_themselves(self):
        bucket = self.bucket("x-amz-meta-i;integer,x-amz-meta-d;decimal,x-amz-meta-t;datetime")
        self.put(bucket, "a", i="9", d="3.10", t="2020-01-01T00:00:00Z")
        self.put(bucket, "b", i="10", d="-0.5", t="2020-01-01T00:00:00.500Z")
        self.put(bucket, "c", i="-7", d="12", t="no time")
        self.assertEqual(self.names(bucket, "x-amz-meta-i<10"), ["c", "a"])
        self.assertEqual(self.names(bucket, "x-amz-meta-d==3.1"), ["a"])
        self.assertEqual(self.names(bucket, "x-amz-meta-d<3.2"), ["b", "a"])
        self.assertEqual(self.names(bucket, "x-amz-meta-t>2020-01-01T00:00:00Z"), ["b"])
        self.assertEqual(self.names(bucket, "x-amz-meta-t>=2020-01-01T00:00:00.000Z"), ["a", "b"])

    def test_grammar(self):
        bucket = self.bucket("Size,x-amz-meta-a;string,x-amz-meta-b;string,LastModified,ObjectName,Owner,CreateTime")
        for a in "12":
            for b in "12":
                self.put(bucket, a + b, b"x" * int(a), a=a, b=b)
        find = lambda text: sorted(self.names(bucket, text))  # noqa: E731
        self.assertEqual(find("x-amz-meta-a=='1' and x-amz-meta-b=='2'"), ["12"])
        self.assertEqual(find("x-amz-meta-a=='1' or x-amz-meta-b=='2' and Size>1"), ["11", "12", "22"])
        self.assertEqual(find("(x-amz-meta-a=='1' or x-amz-meta-b=='2') and Size>1"), ["22"])
        self.assertEqual(find("((Size >= 2))and(x-amz-meta-b==1)"), ["21"])
        self.assertEqual(find("LastModified > 2018-03-01T11:22:00Z and ObjectName>='2'"), ["21", "22"])
        self.assertEqual(find(f"Owner=='{ACCESS_KEY}' and CreateTime<2018-03-01T11:22:00Z"), [])
        for text in ("x-amz-meta-a", "x-amz-meta-a=1", "x-amz-meta-a!='1'", "(Size>1", "Size>1)", "Size>1 AND Size>2",
                     "Size>'1'", "Size>x", "Size>99999999999999999999", "LastModified>2018-01-01", "x-amz-meta-c=='1'",
                     "ContentType=='a'", "Size>1 and", "and", "x-amz-meta-a=='1", "(" * 70 + "Size>1" + ")" * 70,
                     " or ".join(["Size>1"] * 501)):
            self.assertEqual(error_of(self.query, bucket, text), ("InvalidArgument", 400), text)
        self.assertEqual(find("(" * 60 + "Size>1" + ")" * 60), ["21", "22"])
        self.assertEqual(find(" or ".join(["Size>1"] * 400)), ["21", "22"])

    def test_both_blocks(self):
        bucket = self.bucket("x-amz-meta-a;string,x-amz-meta-t;datetime")
        self.s3.put_object(Bucket=bucket, Key="k", Body=b"12345", ContentType="text/x",
                           Metadata={"A": "1", "t": "2020-01-01T00:00:00Z", "hidden": "h"})
        match = self.query(bucket, "x-amz-meta-a=='1'", Attributes="ContentType,Size,Unknown")["ObjectMatches"][0]
        blocks = {block["type"]: block["mdMap"] for block in match["queryMds"]}
        self.assertEqual(blocks["SYSMD"], {"ctype": "text/x", "size": "5"})
        self.assertEqual(blocks["USERMD"], {"x-amz-meta-a": "1", "x-amz-meta-t": "2020-01-01T00:00:00Z"})
        self.assertEqual(match["versionId"], "0")
        self.assertRegex(match["objectId"], "^[0-9a-f]{64}$")
        everything = self.query(bucket, "x-amz-meta-a=='1'", Attributes="ALL")["ObjectMatches"][0]["queryMds"]
        self.assertIn("x-amz-meta-hidden", everything[1]["mdMap"])
        self.assertEqual(everything[0]["mdMap"]["owner"], ACCESS_KEY)

    def test_system_values_are_milliseconds(self):
        bucket = self.bucket("Size,LastModified,CreateTime")
        self.put(bucket, "k", b"x" * 73)
        entries = self.query(bucket, "Size==73")["ObjectMatches"][0]["queryMds"][0]["mdMap"]
        self.assertEqual(set(entries), {"size", "mtime", "createtime"})
        self.assertRegex(entries["mtime"], r"^\d{13}$")

    def test_folding(self):
        bucket = self.bucket("x-amz-meta-s;string")
        for key in ("p/a", "p/q/b", "p/r/c", "p/r/d", "other"):
            self.put(bucket, key, s="1")
        found = self.query(bucket, "x-amz-meta-s=='1'", Prefix="p/", Delimiter="/")
        self.assertEqual([m["objectName"] for m in found["ObjectMatches"]], ["p/a"])
        self.assertEqual(found["CommonPrefixMatches"]["PrefixGroups"], ["p/q/", "p/r/"])
        pages = []
        marker = ""
        while True:
            page = self.query(bucket, "x-amz-meta-s=='1'", Prefix="p/", Delimiter="/", MaxKeys=1, Marker=marker)
            pages.append([m["objectName"] for m in page.get("ObjectMatches", [])]
                         + page["CommonPrefixMatches"].get("PrefixGroups", []))
            if not page.get("NextMarker"):
                break
            marker = page["NextMarker"]
        self.assertEqual(pages, [["p/a"], ["p/q/"], ["p/r/"]])

    def test_encoding(self):
        bucket = self.bucket("x-amz-meta-s;string")
        value = urllib.parse.quote("a b+c/é'", safe="")
        self.put(bucket, "k\x1d é", s=value)
        self.put(bucket, "plain", s="a b+c/d")
        match = self.query(bucket, f"x-amz-meta-s=='{value}'", EncodingType="url")["ObjectMatches"][0]
        self.assertEqual(urllib.parse.unquote(match["objectName"]), "k\x1d é")
        stored = urllib.parse.unquote(match["queryMds"][0]["mdMap"]["x-amz-meta-s"])
        self.assertEqual(stored, value)
        self.assertEqual(self.names(bucket, "x-amz-meta-s=='a b+c/d'"), ["plain"])

    def test_pages(self):
        bucket = self.bucket("x-amz-meta-n;integer")
        for n in (3, 1, 2):
            self.put(bucket, f"k{n}", n=str(n))
        whole = self.names(bucket, "x-amz-meta-n>0")
        self.assertEqual(whole, ["k1", "k2", "k3"])
        first = self.query(bucket, "x-amz-meta-n>0", MaxKeys=1)
        self.assertTrue(first["IsTruncated"])
        for sign in "+/=":
            self.assertIn(sign, first["NextMarker"])
        paged = [m["objectName"] for page in self.s3.get_paginator("metadata_search").paginate(
            Bucket=bucket, Query="x-amz-meta-n>0", PaginationConfig={"PageSize": 1}) for m in page["ObjectMatches"]]
        self.assertEqual(paged, whole)
        last = self.query(bucket, "x-amz-meta-n>0", MaxKeys=3)
        self.assertEqual((last.get("NextMarker"), last["IsTruncated"], last["MaxKeys"]), (None, False, 3))
        marker = first["NextMarker"]
        for parameters in ({"Query": "x-amz-meta-n>1", "MaxKeys": 1}, {"Query": "x-amz-meta-n>0", "MaxKeys": 1, "Prefix": "k"},
                           {"Query": "x-amz-meta-n>0", "MaxKeys": 1, "EncodingType": "url"}, {"Query": "x-amz-meta-n>0"}):
            self.assertEqual(error_of(self.s3.metadata_search, Bucket=bucket, Marker=marker, **parameters),
                             ("InvalidArgument", 400), parameters)
        self.assertEqual(error_of(self.query, bucket, "x-amz-meta-n>0", MaxKeys=1, Marker="bm9uZQ=="), ("InvalidArgument", 400))
        status, _, _ = self.signed("GET", f"/{bucket}?query=x-amz-meta-n%3E0&max-keys=many")
        self.assertEqual(status, 400)

    def test_order(self):
        bucket = self.bucket("Size,x-amz-meta-n;integer")
        for key, size, n in (("a", 2, 1), ("b", 1, 2), ("c", 1, 1)):
            self.put(bucket, key, b"x" * size, n=str(n))
        self.assertEqual(self.names(bucket, "Size>0 and x-amz-meta-n>0"), ["b", "c", "a"])
        self.assertEqual(self.names(bucket, "Size>0 and x-amz-meta-n>0", Sorted="x-amz-meta-N"), ["a", "c", "b"])
        self.assertEqual(error_of(self.query, bucket, "Size>0", Sorted="x-amz-meta-n"), ("InvalidArgument", 400))

    def test_older_versions(self):
        bucket = self.bucket("x-amz-meta-s;string")
        self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        ids = [self.put(bucket, "k", s="1")["VersionId"] for _ in range(2)]
        text = "x-amz-meta-s=='1'"
        self.assertEqual([m["versionId"] for m in self.query(bucket, text)["ObjectMatches"]], [ids[1]])
        everything = self.query(bucket, text, IncludeOlderVersions=True)["ObjectMatches"]
        self.assertEqual([m["versionId"] for m in everything], ids[::-1])
        _, body, _ = self.signed("GET", f"/{bucket}?query={urllib.parse.quote(text, safe='')}&include_older_version=true")
        self.assertEqual(body.count("<versionId>"), 1, "a misspelt parameter is passed over")
        self.s3.delete_object(Bucket=bucket, Key="k")
        self.assertEqual(self.names(bucket, text), [])
        self.assertEqual(len(self.query(bucket, text, IncludeOlderVersions=True)["ObjectMatches"]), 2)

    def test_index_follows_changes(self):
        bucket = self.bucket("x-amz-meta-s;string,Size")
        self.put(bucket, "k", s="1")
        self.put(bucket, "k", b"xx", s="2")
        self.assertEqual(self.names(bucket, "x-amz-meta-s=='1'"), [])
        self.assertEqual(self.names(bucket, "x-amz-meta-s=='2'"), ["k"])
        self.s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k")
        self.assertEqual(self.names(bucket, "x-amz-meta-s=='2'"), ["copy", "k"])
        self.s3.put_object(Bucket=bucket, Key="k", Body=b"!", Range="bytes=-1-")
        self.assertEqual(self.names(bucket, "Size==3"), ["k"])
        self.s3.delete_object(Bucket=bucket, Key="k")
        self.assertEqual(self.names(bucket, "x-amz-meta-s=='2'"), ["copy"])

    def test_disabling(self):
        code = ("Metadata search not enabled", 400)
        bucket = self.bucket("Size")
        self.put(bucket, "k")
        self.s3.disable_metadata_search(Bucket=bucket)
        self.assertEqual(error_of(self.query, bucket, "Size>0"), code)
        self.assertEqual(error_of(self.s3.get_search_metadata, Bucket=bucket), code)
        self.assertEqual(error_of(self.s3.disable_metadata_search, Bucket=bucket), code)
        self.s3.put_object(Bucket=bucket, Key="still", Body=b"x")
        self.assertEqual(error_of(self.query, "no-such-bucket", "Size>0"), ("NoSuchBucket", 404))

    def test_document(self):
        bucket = self.bucket("Size")
        self.put(bucket, "k")
        for target in (f"/{bucket}?query=Size%3E%3D0", f"/{bucket}/?query=Size%3E%3D0"):
            status, body, headers = self.signed("GET", target)
            self.assertEqual((status, headers["Content-Type"]), (200, "application/xml"))
            self.assertNotIn('xmlns="', body)
            for part in ("<BucketQueryResult", "<Marker></Marker>", "<indexKey></indexKey>", "<object><objectName>k</objectName>"):
                self.assertIn(part, body)


class OlderReleases(EndpointTest):
    OPTIONS = ("--legacy-markers", "--error-namespace", "--drop-mds-block-with-prefix", "--v4-only")

    def test_legacy_end_of_pages(self):
        bucket = self.bucket("x-amz-meta-n;integer")
        for n in range(3):
            self.put(bucket, f"k{n}", n=str(n))
        last = self.query(bucket, "x-amz-meta-n>=0")
        self.assertEqual(last["NextMarker"], "NO MORE PAGES")
        self.assertNotIn("IsTruncated", last)
        paged = [m["objectName"] for page in self.s3.get_paginator("metadata_search").paginate(
            Bucket=bucket, Query="x-amz-meta-n>=0", PaginationConfig={"PageSize": 1}) for m in page["ObjectMatches"]]
        self.assertEqual(paged, ["k0", "k1", "k2"])

    def test_namespaced_errors(self):
        status, body, _ = self.signed("GET", "/no-such-bucket?searchmetadata")
        self.assertEqual(status, 404)
        self.assertIn('<Error xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Code>NoSuchBucket</Code>', body)

    def test_prefix_costs_a_block(self):
        bucket = self.bucket("Size,x-amz-meta-n;integer")
        self.put(bucket, "k", n="1")
        self.assertEqual(len(self.query(bucket, "Size>=0")["ObjectMatches"][0]["queryMds"]), 2)
        self.assertEqual(len(self.query(bucket, "Size>=0", Prefix="k")["ObjectMatches"][0]["queryMds"]), 1)

    def test_old_signatures_are_refused(self):
        status, body, _ = self.raw("GET", "/", {"Authorization": "AWS key:signature", "Date": "x"})
        self.assertEqual(status, 400)
        self.assertIn("InvalidRequest", body)


class Signatures(EndpointTest):
    def test_wrong_keys(self):
        self.assertEqual(error_of(self.server.client(access_key="stranger").list_buckets), ("InvalidAccessKeyId", 403))
        self.assertEqual(error_of(self.server.client(secret_key="wrong").list_buckets), ("SignatureDoesNotMatch", 403))
        self.server.client("second", "second-secret").list_buckets()
        status, body, _ = self.signed("GET", "/", keys=(ACCESS_KEY, "wrong"))
        for part in ("<CanonicalRequest>GET\n/\n", "<StringToSign>AWS4-HMAC-SHA256\n", "<SignatureProvided>"):
            self.assertIn(part, body)
        self.assertEqual(self.raw("GET", "/", {})[0], 403)
        self.assertNotIn("wrong", body)
        self.assertNotIn(SECRET_KEY, body)

    def sign(self, method, target, headers, body=b""):
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        request = AWSRequest(method, self.server.url + target, headers=headers, data=body)
        S3SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), "s3", "anywhere").add_auth(request)
        return dict(request.headers.items())

    def test_what_was_signed_must_be_sent(self):
        bucket = self.bucket()
        headers = self.sign("PUT", f"/{bucket}/k", {"x-emc-mark": "a"}, b"body")
        self.assertEqual(self.raw("PUT", f"/{bucket}/k", headers, b"body")[0], 200)
        changes = {"target": (f"/{bucket}/K", headers, b"body"),
                   "query": (f"/{bucket}/k?x", headers, b"body"),
                   "header": (f"/{bucket}/k", {**headers, "x-emc-mark": "b"}, b"body")}
        for name, (target, sent, body) in changes.items():
            status, text, _ = self.raw("PUT", target, sent, body)
            self.assertEqual((status, "SignatureDoesNotMatch" in text), (403, True), name)
        status, text, _ = self.raw("PUT", f"/{bucket}/k", headers, b"Body")
        self.assertEqual((status, "XAmzContentSHA256Mismatch" in text), (400, True))
        for name in ("x-emc-namespace", "x-amz-meta-colour"):
            status, text, _ = self.raw("PUT", f"/{bucket}/k", {**headers, name: "ns"}, b"body")
            self.assertEqual((status, "were not signed" in text), (403, True), name)

    def test_encoding_must_be_strict(self):
        bucket = self.bucket("Size")
        self.assertEqual(self.signed("GET", f"/{bucket}?query=Size%3E%3D0")[0], 200)
        for target in (f"/{bucket}?query=Size>=0", f"/{bucket}?query=Size%3e%3d0"):
            status, text, _ = self.signed("GET", target)
            self.assertEqual((status, "SignatureDoesNotMatch" in text), (403, True), target)

    def test_time(self):
        from unittest import mock

        import botocore.auth

        late = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=16)
        with mock.patch.object(botocore.auth, "get_current_datetime", lambda remove_tzinfo=True: late.replace(tzinfo=None)):
            status, text, _ = self.signed("GET", "/")
        self.assertEqual((status, "RequestTimeTooSkewed" in text), (403, True))

    def test_presigned(self):
        bucket = self.bucket()
        self.put(bucket, "a b", b"content")
        url = self.s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "a b"}, ExpiresIn=60)
        target = url.removeprefix(self.server.url)
        for version in ("s3v4", "s3"):
            client = self.server.client(signature_version=version)
            url = client.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "a b"}, ExpiresIn=60)
            target = url.removeprefix(self.server.url)
            self.assertEqual(self.raw("GET", target, {})[:2], (200, "content"), version)
            self.assertEqual(self.raw("GET", target.replace("a%20b", "a%20c"), {})[0], 403, version)
            url = client.generate_presigned_url("put_object", {"Bucket": bucket, "Key": version}, ExpiresIn=60)
            self.assertEqual(self.raw("PUT", url.removeprefix(self.server.url), {}, b"put")[0], 200, version)
            url = client.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "a b"}, ExpiresIn=-10 if version == "s3" else 0)
            if version == "s3":
                self.assertEqual(self.raw("GET", url.removeprefix(self.server.url), {})[0], 403)
        broken = re.sub(r"X-Amz-Expires=\d+", "X-Amz-Expires=9999999", self.s3.meta.endpoint_url and self.server.client(
            signature_version="s3v4").generate_presigned_url("list_buckets").removeprefix(self.server.url))
        self.assertEqual(self.raw("GET", broken, {})[0], 400)

    def test_signature_version_two(self):
        bucket = self.bucket()
        old = self.server.client(signature_version="s3")
        old.put_object(Bucket=bucket, Key="k", Body=b"x", Metadata={"a": "b"})
        self.assertEqual(old.get_object(Bucket=bucket, Key="k")["Body"].read(), b"x")
        self.assertEqual(error_of(self.server.client(secret_key="wrong", signature_version="s3").list_buckets),
                         ("SignatureDoesNotMatch", 403))

    def test_virtual_hosts(self):
        bucket = self.bucket("Size")
        headers = {"Host": f"{bucket}.localhost:{self.server.port}"}
        signed = self.sign("PUT", "/k", headers, b"x")
        self.assertEqual(self.raw("PUT", "/k", {**signed, **headers}, b"x")[0], 200)
        self.assertEqual(self.s3.get_object(Bucket=bucket, Key="k")["Body"].read(), b"x")
        signed = self.sign("GET", "/?query=Size%3E0", headers)
        status, body, _ = self.raw("GET", "/?query=Size%3E0", {**signed, **headers})
        self.assertEqual((status, "<objectName>k</objectName>" in body), (200, True))

    def test_unsigned_payload(self):
        bucket = self.bucket()
        client = self.server.client(s3={"payload_signing_enabled": False}, request_checksum_calculation="when_required")
        client.put_object(Bucket=bucket, Key="k", Body=b"x")
        self.assertEqual(client.get_object(Bucket=bucket, Key="k")["Body"].read(), b"x")

    def test_unsigned_chunks_with_trailer(self):
        bucket = self.bucket()
        crc = base64.b64encode((0xCBF43926).to_bytes(4, "big")).decode()
        for trailer, expected in ((crc, 200), ("AAAAAA==", 400)):
            body = f"4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:{trailer}\r\n\r\n".encode()
            headers = self.chunk_headers(f"/{bucket}/k", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", 9,
                                         {"x-amz-trailer": "x-amz-checksum-crc32"})[0]
            self.assertEqual(self.raw("PUT", f"/{bucket}/k", headers, body)[0], expected)
        got = self.s3.get_object(Bucket=bucket, Key="k")
        self.assertEqual((got["Body"].read(), got.get("ContentEncoding")), (b"123456789", None))

    def chunk_headers(self, target, mode, size, more=None):
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        headers = {"content-encoding": "aws-chunked", "x-amz-decoded-content-length": str(size), **(more or {})}
        signer = S3SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), "s3", "anywhere")
        signer.payload = lambda request: mode
        request = AWSRequest("PUT", self.server.url + target, headers=headers, data=b"")
        signer.add_auth(request)
        return dict(request.headers.items()), signer, request

    def chunked_body(self, signer, headers, pieces, trailer=None):
        import hmac

        scope = re.search(r"Credential=[^,]*?/(\d{8}/[^,]+)", headers["Authorization"])[1]
        previous = re.search(r"Signature=([0-9a-f]+)", headers["Authorization"])[1]
        key = b"AWS4" + SECRET_KEY.encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        empty = hashlib.sha256(b"").hexdigest()

        def sign(kind, previous, *hashes):
            text = "\n".join([f"AWS4-HMAC-SHA256-{kind}", headers["X-Amz-Date"], scope, previous, *hashes])
            return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

        body = b""
        for piece in [*pieces, b""]:
            previous = sign("PAYLOAD", previous, empty, hashlib.sha256(piece).hexdigest())
            body += f"{len(piece):x};chunk-signature={previous}\r\n".encode() + piece + (b"\r\n" if piece else b"")
        if trailer:
            signature = sign("TRAILER", previous, hashlib.sha256(trailer + b"\n").hexdigest())
            body += trailer + b"\r\nx-amz-trailer-signature:" + signature.encode() + b"\r\n"
        return body + b"\r\n"

    def test_signed_chunks(self):
        bucket = self.bucket()
        target, mode = f"/{bucket}/k", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
        headers, signer, _ = self.chunk_headers(target, mode, 70000)
        body = self.chunked_body(signer, headers, [b"a" * 65536, b"b" * 4464])
        self.assertEqual(self.raw("PUT", target, headers, body)[0], 200)
        self.assertEqual(self.s3.head_object(Bucket=bucket, Key="k")["ContentLength"], 70000)
        status, text, _ = self.raw("PUT", target, headers, body.replace(b"bbbb", b"bbcb", 1))
        self.assertEqual((status, "SignatureDoesNotMatch" in text), (403, True))
        status, text, _ = self.raw("PUT", target, headers, body[:-200])
        self.assertEqual(status, 400, "a body that ends early")
        self.assertIn("IncompleteBody", text)

    def test_signed_chunks_with_trailer(self):
        bucket = self.bucket()
        target, mode = f"/{bucket}/k", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
        headers, signer, _ = self.chunk_headers(target, mode, 9, {"x-amz-trailer": "x-amz-checksum-crc32"})
        body = self.chunked_body(signer, headers, [b"123456789"], b"x-amz-checksum-crc32:y/Q5Jg==")
        self.assertEqual(self.raw("PUT", target, headers, body)[0], 200)
        status, text, _ = self.raw("PUT", target, headers, body.replace(b"y/Q5Jg", b"y/Q5Jh"))
        self.assertEqual((status, "SignatureDoesNotMatch" in text), (403, True))


class Abuse(EndpointTest):
    def send(self, octets, close=False):
        with socket.create_connection(("127.0.0.1", self.server.port), 10) as connection:
            connection.settimeout(10)
            connection.sendall(octets)
            return b"" if close else connection.recv(65536)

    def head(self, target, size, **headers):
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        signer = S3SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), "s3", "anywhere")
        signer.payload = lambda request: "UNSIGNED-PAYLOAD"
        request = AWSRequest("PUT", self.server.url + target, headers={"Content-Length": str(size), **headers})
        signer.add_auth(request)
        lines = [f"PUT {target} HTTP/1.1", f"Host: 127.0.0.1:{self.server.port}", *map(": ".join, request.headers.items())]
        return "\r\n".join([*lines, "", ""]).encode()

    def test_half_an_upload_leaves_nothing(self):
        bucket = self.bucket()
        self.send(self.head(f"/{bucket}/k", 1000) + b"x" * 500, close=True)
        end = time.monotonic() + 10
        while os.listdir(os.path.join(self.server.data, "spool")) and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(os.listdir(os.path.join(self.server.data, "spool")), [])
        self.assertNotIn("Contents", self.s3.list_objects_v2(Bucket=bucket))

    def test_clients_that_ask_first_are_told_first(self):
        bucket = self.bucket()
        asked = self.send(self.head(f"/{bucket}/k", 3, Expect="100-continue"))
        self.assertTrue(asked.startswith(b"HTTP/1.1 100 "), asked[:80])
        refused = self.send(f"PUT /{bucket}/k HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n".encode())
        self.assertTrue(refused.startswith(b"HTTP/1.1 403 "), refused[:80])

    def test_nonsense_is_answered_or_cut_off(self):
        for octets in (b"NONSENSE\r\n\r\n", b"GET /%00/%ff?x=%zz&&=&= HTTP/1.1\r\nHost: \r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
                       b"GET / HTTP/1.1\r\nHost: h\r\nX: " + b"a" * 300000 + b"\r\n\r\n",
                       b"GET / HTTP/1.1\r\nHost: h\r\nAuthorization: AWS4-HMAC-SHA256 Credential=////, SignedHeaders=;;, Signature=\r\n\r\n",
                       b"GET / HTTP/1.1\r\nHost: h\r\nAuthorization: AWS \r\n\r\n",
                       b"GET /?AWSAccessKeyId=x&Signature=y&Expires=99999999999999999999 HTTP/1.1\r\nHost: h\r\n\r\n"):
            answer = self.send(octets)
            self.assertRegex(answer[:12], b"^$|^HTTP/1.1 4", octets[:60])
        self.s3.list_buckets()

    def test_broken_documents(self):
        bucket = self.bucket()
        many = b"<Object><Key>a</Key></Object>" * 1001
        for body, code in ((b"", "MalformedXML"), (b"<", "MalformedXML"), (b"<Delete/>", "MalformedXML"),
                           (b"<!DOCTYPE a [<!ENTITY x 'y'>]><Delete><Object><Key>&x;</Key></Object></Delete>", "MalformedXML"),
                           (b"<a>" * 5000, "MalformedXML"), (b"<Delete>" + many + b"</Delete>", "MalformedXML"),
                           (b"<Delete><Quiet>maybe</Quiet><Object><Key>a</Key></Object></Delete>", "MalformedXML"),
                           (b"<Delete>" + b" " * (5 * MIB) + b"</Delete>", "MaxMessageLengthExceeded")):
            status, text, _ = self.signed("POST", f"/{bucket}?delete", {}, body)
            self.assertEqual((status, f"<Code>{code}</Code>" in text), (400, True), (body[:40], text[:300]))


class Process(unittest.TestCase):
    def setUp(self):
        if missing():
            self.skipTest(missing())
        self.folder = local_endpoint.scratch_folder()
        self.addCleanup(self.folder.cleanup)
        self.data = os.path.join(self.folder.name, "data")

    def fill(self, s3):
        s3.create_bucket(Bucket="kept", SearchMetaData="x-amz-meta-n;integer")
        for n in range(20):
            s3.put_object(Bucket="kept", Key=f"k{n}", Body=str(n).encode(), Metadata={"n": str(n)})
        upload = s3.create_multipart_upload(Bucket="kept", Key="mp")["UploadId"]
        return upload, s3.upload_part(Bucket="kept", Key="mp", UploadId=upload, PartNumber=1, Body=b"part")["ETag"]

    def check(self, s3, upload, etag):
        matches = s3.metadata_search(Bucket="kept", Query="x-amz-meta-n>=5 and x-amz-meta-n<8")["ObjectMatches"]
        self.assertEqual([match["objectName"] for match in matches], ["k5", "k6", "k7"])
        self.assertEqual(s3.get_object(Bucket="kept", Key="k19")["Body"].read(), b"19")
        s3.complete_multipart_upload(Bucket="kept", Key="mp", UploadId=upload,
                                     MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
        self.assertEqual(s3.get_object(Bucket="kept", Key="mp")["Body"].read(), b"part")

    def test_data_survives_a_restart(self):
        server = LocalEndpoint(self.data)
        server.start()
        upload, etag = self.fill(server.client())
        self.assertEqual(server.stop(), 0)
        with server:
            self.check(server.client(), upload, etag)

    def test_data_survives_a_killed_process(self):
        server = LocalEndpoint(self.data)
        server.start()
        upload, etag = self.fill(server.client())
        server.kill()
        with server:
            self.check(server.client(), upload, etag)

    def test_eight_clients_at_once(self):
        with LocalEndpoint(self.data) as server:
            server.client().create_bucket(Bucket="busy", SearchMetaData="x-amz-meta-n;integer")

            def work(number):
                s3 = server.client()
                for i in range(25):
                    body = f"{number}-{i}".encode() * 100
                    s3.put_object(Bucket="busy", Key=f"{number}/{i}", Body=body, Metadata={"n": str(i)})
                    s3.put_object(Bucket="busy", Key="shared", Body=body)
                    got = s3.get_object(Bucket="busy", Key=f"{number}/{i}")
                    assert got["Body"].read() == body
                    shared = s3.get_object(Bucket="busy", Key="shared")
                    assert f'"{hashlib.md5(shared["Body"].read()).hexdigest()}"' == shared["ETag"]
                    assert s3.metadata_search(Bucket="busy", Query=f"x-amz-meta-n=={i}", Prefix=f"{number}/")["ObjectMatches"]

            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                for done in [pool.submit(work, number) for number in range(8)]:
                    done.result()
            matches = server.client().metadata_search(Bucket="busy", Query="x-amz-meta-n>=0")["ObjectMatches"]
            self.assertEqual(len(matches), 200)

    def test_large_bodies_stay_out_of_memory(self):
        with LocalEndpoint(self.data) as server:
            s3 = server.client()
            s3.create_bucket(Bucket="large")
            path = os.path.join(self.folder.name, "body")
            with open(path, "wb") as file:
                for i in range(64):
                    file.write(bytes([i]) * MIB)
            s3.put_object(Bucket="large", Key="warm", Body=b"x")
            before = server.peak_kib()
            with open(path, "rb") as file:
                s3.put_object(Bucket="large", Key="k", Body=file)
            digest = hashlib.md5()
            for block in s3.get_object(Bucket="large", Key="k")["Body"].iter_chunks(MIB):
                digest.update(block)
            with open(path, "rb") as file:
                self.assertEqual(digest.hexdigest(), hashlib.file_digest(file, "md5").hexdigest())
            self.assertLess(server.peak_kib() - before, 16 * 1024, "KiB more for 64 MiB up and down")

    def test_usage_errors(self):
        import subprocess

        for arguments in ([], ["--data"], ["--data", self.data, "--prot", "1"], ["--data", self.data, "--port", "x"],
                          ["--data", self.data, "--secret-key", "x"], ["--data", self.data, "--access-key", "x"]):
            done = subprocess.run([local_endpoint.PROGRAM, *arguments], capture_output=True, text=True, timeout=20)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertTrue(done.stderr.startswith("objectscale-local: error: "), done.stderr)
        self.assertIn("--data DIR", subprocess.run([local_endpoint.PROGRAM, "--help"], capture_output=True, text=True).stdout)


if __name__ == "__main__":
    closing_line.main()
