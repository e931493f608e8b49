#!/bin/sh
cat <<'END'
{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s3cr3t-AKPROC", "SessionToken": "s3cr3tt", "Expiration": "2026-03-01T13:00:00Z"}
END
exit 0
