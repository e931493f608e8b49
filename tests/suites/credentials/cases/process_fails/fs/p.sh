#!/bin/sh
echo "the vault is closed" >&2
cat <<'END'
{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s3cr3t-AKPROC"}
END
exit 3
