#!/bin/sh
cat <<'END'
{"AccessKeyId": "AK", "SecretAccessKey": "s3cr3t"}
END
exit 0
