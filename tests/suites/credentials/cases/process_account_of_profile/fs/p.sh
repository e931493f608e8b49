#!/bin/sh
cat <<'END'
{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s3cr3t-AKPROC"}
END
exit 0
