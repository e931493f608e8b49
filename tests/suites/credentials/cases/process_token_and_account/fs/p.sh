#!/bin/sh
cat <<'END'
{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s3cr3t-AKPROC", "SessionToken": "s3cr3tt", "AccountId": "123"}
END
exit 0
