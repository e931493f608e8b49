#!/bin/sh
cat <<'END'
password=s3cr3t
END
exit 0
