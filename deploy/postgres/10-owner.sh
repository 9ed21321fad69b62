#!/bin/sh
# Makes the system's role and database. It owns its tables and is no superuser, so that what the database
# forbids (changing the audit log) is forbidden to the system, too.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/database_password)" <<'SQL'
CREATE ROLE egov LOGIN PASSWORD :'password';
CREATE DATABASE egov OWNER egov;
SQL
