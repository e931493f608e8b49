#!/bin/sh
cat <<'END'
{"Version": 1, "SecretAccessKey": "s3cr3t"}
END
exit 0
