#!/bin/sh
cat <<'END'
{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s3cr3t-AKPROC", "SessionToken": "s3cr3tt", "Expiration": "2026-03-01T11:59:50Z"}
END
exit 0
