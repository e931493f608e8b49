#!/usr/bin/env python3
"""Random environments, files, variables and options: does botocxx find the settings that botocore finds?

Then the folders of tests/suites/settings, and botocore's own cases of configured endpoint URLs, against both.
See README.md beside this file. The last line of output is `N passed, N failed, N skipped`.
"""

from __future__ import annotations

import python_environment  # first: it may restart the script inside the venv

import argparse
import copy
import json
import os
import random
import subprocess
import sys
import tempfile

import wire_program

DEFAULT_SEED = 20260108
DEFAULT_CASES = 1500
ALL_CASES = 30000
DRIVER = os.path.join(wire_program.BUILD, "tests", "drivers", "settings_driver")
MODELS = os.path.join(python_environment.ROOT, "build", "models")
SUITE = os.path.join(python_environment.ROOT, "tests", "suites", "settings")
SERVICES = {"sts": "sts", "dynamodb": "dynamodb", "s3": "s3", "autoscaling": "auto-scaling"}

FLAGS = ["true", "True", "TRUE", "false", "False", "", "1", "yes", " true"]
# Name of the setting: option of the profile, variable, values. None: there is no such way to set it.
SETTINGS = {
    "region": ("region", "AWS_DEFAULT_REGION", ["us-east-1", "eu-west-1", "us-gov-west-1", "fips-us-gov-west-1", "not a region", "-x", "123"]),
    "ca_bundle": ("ca_bundle", "AWS_CA_BUNDLE", ["/certs.pem", ""]),
    "data_path": ("data_path", None, ["/nowhere", "/a:/b"]),
    "metadata_service_timeout": ("metadata_service_timeout", "AWS_METADATA_SERVICE_TIMEOUT", ["5", " 7 ", "x", "1_000", "+3", "-2", "", "1.5"]),
    "metadata_service_num_attempts": ("metadata_service_num_attempts", "AWS_METADATA_SERVICE_NUM_ATTEMPTS", ["5", "0", "many"]),
    "ec2_metadata_service_endpoint": ("ec2_metadata_service_endpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT", ["http://x"]),
    "ec2_metadata_service_endpoint_mode": ("ec2_metadata_service_endpoint_mode", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", ["IPv6", "ipv4"]),
    "ec2_metadata_v1_disabled": ("ec2_metadata_v1_disabled", "AWS_EC2_METADATA_V1_DISABLED", FLAGS),
    "imds_use_ipv6": ("imds_use_ipv6", "AWS_IMDS_USE_IPV6", FLAGS),
    "use_dualstack_endpoint": ("use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT", FLAGS),
    "use_fips_endpoint": ("use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT", FLAGS),
    "ignore_configured_endpoint_urls": ("ignore_configured_endpoint_urls", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", FLAGS),
    "csm_enabled": ("csm_enabled", None, ["false", "no"]),
    "csm_host": ("csm_host", "AWS_CSM_HOST", ["localhost", ""]),
    "csm_port": ("csm_port", "AWS_CSM_PORT", ["1", "x"]),
    "csm_client_id": ("csm_client_id", "AWS_CSM_CLIENT_ID", ["me"]),
    "endpoint_discovery_enabled": ("endpoint_discovery_enabled", "AWS_ENDPOINT_DISCOVERY_ENABLED", ["true", "auto"]),
    "sts_regional_endpoints": ("sts_regional_endpoints", "AWS_STS_REGIONAL_ENDPOINTS", ["legacy", "regional", "Legacy", "x"]),
    "retry_mode": ("retry_mode", "AWS_RETRY_MODE", ["legacy", "standard", "adaptive"]),
    "defaults_mode": ("defaults_mode", "AWS_DEFAULTS_MODE", ["legacy", "standard", "in-region", "cross-region", "mobile", "auto", "Standard", "wrong"]),
    "max_attempts": ("max_attempts", "AWS_MAX_ATTEMPTS", ["1", "5", " 3"]),
    "user_agent_appid": ("sdk_ua_app_id", "AWS_SDK_UA_APP_ID", ["app", "x" * 60, "a/b c"]),
    "request_min_compression_size_bytes": ("request_min_compression_size_bytes", "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", ["1", "1048576", "1048577", "0", "x", "128"]),
    "disable_request_compression": ("disable_request_compression", "AWS_DISABLE_REQUEST_COMPRESSION", FLAGS),
    "sigv4a_signing_region_set": ("sigv4a_signing_region_set", "AWS_SIGV4A_SIGNING_REGION_SET", ["*", "us-east-1,us-west-2"]),
    "request_checksum_calculation": ("request_checksum_calculation", "AWS_REQUEST_CHECKSUM_CALCULATION", ["when_required", "WHEN_SUPPORTED", "never", ""]),
    "response_checksum_validation": ("response_checksum_validation", "AWS_RESPONSE_CHECKSUM_VALIDATION", ["when_required", "When_Supported", "x"]),
    "account_id_endpoint_mode": ("account_id_endpoint_mode", "AWS_ACCOUNT_ID_ENDPOINT_MODE", ["preferred", "disabled", "REQUIRED", "x"]),
    "disable_host_prefix_injection": ("disable_host_prefix_injection", "AWS_DISABLE_HOST_PREFIX_INJECTION", FLAGS),
    "auth_scheme_preference": ("auth_scheme_preference", "AWS_AUTH_SCHEME_PREFERENCE", ["sigv4", "sigv4a, sigv4"]),
    "tcp_keepalive": ("tcp_keepalive", "BOTOCORE_TCP_KEEPALIVE", FLAGS),
    "s3_disable_express_session_auth": ("s3_disable_express_session_auth", "AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", ["true", "False", "1", ""]),
    "parameter_validation": ("parameter_validation", None, FLAGS),
}
S3 = {
    "addressing_style": (["s3.addressing_style"], None, ["path", "virtual", "auto", "Path"]),
    "use_accelerate_endpoint": (["s3.use_accelerate_endpoint"], None, FLAGS),
    "use_dualstack_endpoint": (["s3.use_dualstack_endpoint"], None, FLAGS),
    "payload_signing_enabled": (["s3.payload_signing_enabled"], None, FLAGS),
    "use_arn_region": (["s3_use_arn_region", "s3.use_arn_region"], "AWS_S3_USE_ARN_REGION", FLAGS),
    "us_east_1_regional_endpoint": (["s3_us_east_1_regional_endpoint", "s3.us_east_1_regional_endpoint"],
                                    "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", ["legacy", "regional", "x"]),
    "s3_disable_multiregion_access_points": (["s3.s3_disable_multiregion_access_points"], "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", FLAGS),
}
CONFIG = {
    "region_name": ["us-west-2", "eu-central-1"], "connect_timeout": [1, 2.5], "read_timeout": [3], "use_fips_endpoint": [True, False],
    "use_dualstack_endpoint": [True, False], "ignore_configured_endpoint_urls": [True, False], "inject_host_prefix": [True, False],
    "defaults_mode": ["standard", "legacy", "mobile", "auto"], "request_checksum_calculation": ["when_required", "WHEN_REQUIRED"],
    "response_checksum_validation": ["when_required"], "request_min_compression_size_bytes": [5, 500], "disable_request_compression": [True, False],
    "sigv4a_signing_region_set": ["x"], "account_id_endpoint_mode": ["disabled", "Required"], "user_agent_appid": ["mine"],
    "parameter_validation": [False], "s3": [{"addressing_style": "path"}, {"use_arn_region": False, "payload_signing_enabled": True},
                                            {"us_east_1_regional_endpoint": "regional"}, {"disable_s3_express_session_auth": True}],
}
NAMES = [*SETTINGS, "profile", "s3", "unknown_name"]


# --- drawing -----------------------------------------------------------------------------------------------------


def draw_profile(source: random.Random, share: float) -> list[str]:
    lines: list[str] = []
    nested: list[str] = []
    for option, _, values in SETTINGS.values():
        if option and source.random() < share:
            lines.append(f"{option} = {source.choice(values)}")
    for options, _, values in S3.values():
        for option in options:
            if source.random() < share:
                if option.startswith("s3."):
                    nested.append(f"  {option[3:]} = {source.choice(values)}")
                else:
                    lines.append(f"{option} = {source.choice(values)}")
    if nested:
        lines += ["s3 =", *nested]
    elif source.random() < 0.05:
        lines.append("s3 = path")
    if source.random() < 0.3:
        lines.append("endpoint_url = " + source.choice(["http://global-of-profile", ""]))
    if source.random() < 0.3:
        lines.append("services = " + source.choice(["mine", "missing", "bare"]))
    if source.random() < 0.2:
        lines += ["api_versions =", "  s3 = 2006-03-01"]
    source.shuffle(lines) if not nested and "api_versions =" not in lines else None
    return lines


def draw_files(source: random.Random) -> tuple[str, str]:
    share = source.choice([0.0, 0.05, 0.15])
    config = []
    for heading in ("[default]", "[profile dev]", "[profile a b]", '[profile "a b"]'):
        if source.random() < 0.7:
            config += [heading, *draw_profile(source, share)]
    config += ["[services mine]", "s3 =", "  endpoint_url = http://s3-of-services", "auto_scaling =", "  endpoint_url = http://scaling", "dynamodb =", "  other = 1",
               "[services bare]"]
    credentials = []
    for heading in ("[default]", "[dev]", "[only]"):
        if source.random() < 0.5:
            credentials += [heading, *[line for line in draw_profile(source, share / 2) if not line.startswith(" ") and not line.endswith("=")]]
    return "\n".join(config) + "\n", "\n".join(credentials) + "\n"


def draw(source: random.Random) -> dict:
    share = source.choice([0.0, 0.05, 0.15])
    environment = {}
    for _, variable, values in [*SETTINGS.values(), *S3.values()]:
        if variable and source.random() < share:
            value = source.choice(values)
            if value or variable != "AWS_DEFAULT_REGION":
                environment[variable] = value
    for variable, value in (("AWS_ENDPOINT_URL", "http://global-of-environment"), ("AWS_ENDPOINT_URL_S3", "http://s3-of-environment"),
                            ("AWS_ENDPOINT_URL_AUTO_SCALING", ""), ("AWS_PROFILE", "dev"), ("AWS_DEFAULT_PROFILE", "a b"), ("AWS_PROFILE", "gone"),
                            ("AWS_EXECUTION_ENV", "AWS_Lambda"), ("AWS_REGION", "eu-west-1")):
        if source.random() < 0.12:
            environment[variable] = value
    config, credentials = draw_files(source)
    case = {"environment": environment, "config_file": config, "credentials_file": credentials, "service": source.choice(list(SERVICES)),
            "config": {}, "variables": {}}
    if source.random() < 0.3:
        case["profile"] = source.choice(["default", "dev", "a b", "only", "gone"])
    if source.random() < 0.3:
        case["region"] = source.choice(["us-east-1", "eu-west-1"])
    if source.random() < 0.2:
        case["instance_region"] = source.choice(["us-east-1", "eu-west-1"])
    if source.random() < 0.4:
        case["config"] = {name: source.choice(values) for name, values in CONFIG.items() if source.random() < 0.15}
    if source.random() < 0.2:
        case["variables"] = {name: source.choice(values) for name, (_, _, values) in SETTINGS.items()
                             if name not in ("region", "data_path") and source.random() < 0.05}
    return case


# --- botocore ----------------------------------------------------------------------------------------------------


class Oracle:
    def __init__(self) -> None:
        import botocore.loaders
        self._loader = botocore.loaders.Loader(extra_search_paths=[])

    def answer(self, case: dict) -> dict:
        saved = dict(os.environ)
        for name in [n for n in os.environ if n.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(case["environment"])
        try:
            return self._answer(case)
        finally:
            os.environ.clear()
            os.environ.update(saved)

    def _session(self, case: dict):
        import botocore.session
        session = botocore.session.Session(profile=case.get("profile"))
        session.register_component("data_loader", self._loader)
        if case.get("region"):
            session.set_config_variable("region", case["region"])
        for name, value in case["variables"].items():
            session.set_config_variable(name, value)
        # The AWS_REGION of botocxx is a difference that docs/differences.md has.
        if os.environ.get("AWS_REGION") and not os.environ.get("AWS_DEFAULT_REGION"):
            session.get_component("config_store").set_config_provider("region", _RegionToo(session))
        session.get_scoped_config()
        return session

    def _answer(self, case: dict) -> dict:
        import botocore.configprovider
        import botocore.exceptions
        try:
            session = self._session(case)
        except botocore.exceptions.BotoCoreError as error:
            return error_of(error)
        values = {}
        for name in NAMES:
            try:
                # botocore goes on changing what it hands out.
                values[name] = copy.deepcopy(session.get_config_variable(name))
            except ValueError as error:
                values[name] = {"error": "InvalidConfig"}
        result = {"values": values, "profiles": session.available_profiles}
        try:
            provider = botocore.configprovider.ConfiguredEndpointProvider(session.full_config, session.get_scoped_config(), case["service"], os.environ)
            result["endpoint_url"] = provider.provide()
        except botocore.exceptions.BotoCoreError as error:
            result["endpoint_url"] = error_of(error)
        except AttributeError:
            result["endpoint_url"] = {"error": CRASH}
        result["client"] = self._client(session, case)
        return result

    def _client(self, session, case: dict) -> dict:
        import botocore.config
        import botocore.exceptions
        import botocore.utils
        asked = case.get("instance_region")
        botocore.utils.InstanceMetadataRegionFetcher.retrieve_region = lambda _: asked
        try:
            config = botocore.config.Config(**json.loads(json.dumps(case["config"]))) if case["config"] else None
            client = session.create_client(case["service"], region_name=case.get("client_region"), config=config,
                                           aws_access_key_id="a", aws_secret_access_key="b",
                                           endpoint_url=case.get("endpoint_url"))
        except (botocore.exceptions.BotoCoreError, ValueError) as error:
            return error_of(error)
        except (AttributeError, TypeError):
            return {"error": CRASH}
        final = client.meta.config
        s3 = dict(final.s3 or {})
        # Of the program's own Config of S3 the last word is this one's.
        out = {name: getattr(final, name) for name in (
            "connect_timeout", "read_timeout", "inject_host_prefix", "user_agent_appid", "request_min_compression_size_bytes",
            "disable_request_compression", "sigv4a_signing_region_set", "request_checksum_calculation", "response_checksum_validation",
            "account_id_endpoint_mode", "s3_disable_express_session_auth")}
        out["parameter_validation"] = type(client._serializer).__name__ == "ParamValidationDecorator"
        out["s3"] = {name: s3.get(name) for name in S3}
        out["region"] = client.meta.region_name
        return out


class _RegionToo:
    def __init__(self, session) -> None:
        self._session = session

    def provide(self):
        chain = (self._session.instance_variables().get("region"), os.environ.get("AWS_REGION"), self._session.get_scoped_config().get("region"))
        return next((value for value in chain if value is not None), None)


def error_of(error: BaseException) -> dict:
    name = type(error).__name__
    if name == "ValueError":
        name = "InvalidConfig"
    for ending in ("Error", "Exception"):
        name = name.removesuffix(ending)
    return {"error": name}


# --- comparison --------------------------------------------------------------------------------------------------


def ask(jobs: list[dict]) -> list[dict]:
    text = "".join(json.dumps(job) + "\n" for job in jobs)
    done = subprocess.run([DRIVER], input=text.encode(), capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    if len(answers) != len(jobs):
        raise SystemExit(f"the driver ended after {len(answers)} of {len(jobs)} jobs: {done.stderr.decode()[-500:]}")
    return answers


def as_job(case: dict, folder: str, number: int) -> dict:
    """Writes the case's files, and names them in its environment."""
    names = {}
    for variable, member in (("AWS_CONFIG_FILE", "config_file"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials_file")):
        names[variable] = os.path.join(folder, f"{member}-{number}")
        if case.get(member) is not None:
            with open(names[variable], "w", encoding="utf-8") as out:
                out.write(case[member])
    case["environment"] = {"HOME": folder, **names, **case["environment"]}
    return {**case, "job": "settings", "names": NAMES, "service_id": SERVICES[case["service"]], "data_path": os.path.join(MODELS, "data")}


def flat(value, prefix: str = "") -> dict:
    if not isinstance(value, dict):
        return {prefix: value}
    out = {}
    for name, inner in value.items():
        out.update(flat(inner, f"{prefix}.{name}" if prefix else name))
    return out


def as_numbers(name: str, value):
    """What botocore leaves to later and botocxx reads at once."""
    if name.startswith("values.request_min_compression_size_bytes"):
        try:
            return int(value)
        except (TypeError, ValueError):
            return {"error": "InvalidConfig"}
    if name == "values.csm_client_id":
        return value or None  # an empty text is none
    if name == "values.parameter_validation" and isinstance(value, str):
        return value.lower() == "true"
    return value


def difference(case: dict, right: dict, answer: dict) -> str | None:
    if "error" in right or "error" in answer:
        return None if right.get("error") == answer.get("error") else f"botocore {right.get('error')}, botocxx {answer}"
    for part in ("profiles", "endpoint_url"):
        wanted, got = right[part], answer[part]
        if isinstance(got, dict):
            got = {"error": got["error"]}
        if wanted != got and wanted != {"error": CRASH}:
            return f"{part}: botocore {wanted!r}, botocxx {got!r}"
    for name in NAMES:
        wanted, got = right["values"][name], answer["values"][name]
        if name == "s3":
            # Options of a block that nobody knows are handed on by botocore; a group that is empty is none.
            wanted = {k: v for k, v in (wanted or {}).items() if k in S3} or None
            got = got or None
        elif isinstance(wanted, dict) and "error" not in wanted and not wanted:
            wanted = None
        wanted = as_numbers("values." + name, wanted)
        if isinstance(got, dict) and "error" in got:
            got = {"error": got["error"]}
        if wanted != got and not (name == "csm_client_id" and not got):
            return f"{name}: botocore {wanted!r}, botocxx {got!r}"
    return client_difference(case, right["client"], answer["client"])


# What is described in docs/differences.md, or checked at another time.
def client_difference(case: dict, right: dict, answer: dict) -> str | None:
    if "error" in right or "error" in answer:
        if right.get("error") in (*RETRY_ERRORS, CRASH):
            return None
        if right.get("error") in ("NoRegion", "EndpointVariant"):
            return None  # the call fails instead, or what else is wrong is found
        if case["service"] in ("s3", "sts") and right.get("error") in EARLY_ERRORS and "error" in answer:
            return None  # botocore looks at these services' own settings before all others
        if all(str(side.get("error")).startswith("Invalid") for side in (right, answer)):
            return None  # of several wrong values, each names the one that it meets first
        return None if right.get("error") == answer.get("error") else f"client: botocore {right.get('error')}, botocxx {answer}"
    for name, wanted in right.items():
        got = answer[name]
        if name == "region" and (wanted is None or got is None or wanted == "aws-global" or case["service"] in ("s3", "sts")):
            continue  # pseudo regions
        if name == "connect_timeout" and case["config"] and "defaults_mode" not in case["config"]:
            continue  # a Config of the program's own hides the mode's in botocore
        if name == "s3":
            wanted = dict(wanted)
            if wanted["use_dualstack_endpoint"] and not got["use_dualstack_endpoint"]:
                wanted["use_dualstack_endpoint"] = got["use_dualstack_endpoint"]  # from the option outside
            if "s3 = path" in case.get("config_file", "") + case.get("credentials_file", ""):
                # A text where a block belongs keeps botocore from what the defaults mode has for the block.
                wanted["us_east_1_regional_endpoint"] = got["us_east_1_regional_endpoint"]
        if wanted != got:
            return f"client {name}: botocore {wanted!r}, botocxx {got!r}"
    return None


EARLY_ERRORS = ("InvalidS3UsEast1RegionalEndpointConfig", "InvalidSTSRegionalEndpointsConfig")
CRASH = "a Python exception"
RETRY_ERRORS = ("InvalidRetryMode", "InvalidMaxRetryAttempts", "InvalidRetryConfiguration")


def compare(cases: list[dict], labels: list[str]) -> list[str]:
    oracle = Oracle()
    failures = []
    with tempfile.TemporaryDirectory(prefix="botocxx-settings-") as folder:
        jobs = [as_job(case, folder, number) for number, case in enumerate(cases)]
        answers = ask(jobs)
        errors = 0
        for case, label, answer in zip(cases, labels, answers):
            right = oracle.answer(case)
            errors += "error" in right
            problem = difference(case, right, answer)
            expectation = expected_difference(case, answer)
            if problem or expectation:
                failures.append(f"{label}: {problem or expectation}\n  {json.dumps({k: v for k, v in case.items() if v})}")
    print(f"{len(cases)} cases, {errors} of them without a session")
    return failures


def expected_difference(case: dict, answer: dict) -> str | None:
    """A folder also says itself what it expects, so that both sides cannot be wrong together."""
    got = flat(answer)
    for name, wanted in flat(case.get("expect", {})).items():
        if got.get(name) != wanted:
            return f"{name}: expected {wanted!r}, botocxx {got.get(name)!r}"
    return None


def suite_cases() -> tuple[list[dict], list[str]]:
    cases, labels = [], []
    if os.path.isdir(SUITE):
        for name in sorted(os.listdir(SUITE)):
            if not name.endswith(".json"):
                continue
            with open(os.path.join(SUITE, name), encoding="utf-8") as source:
                for case in json.load(source):
                    for member in ("config_file", "credentials_file"):
                        if isinstance(case.get(member), list):
                            case[member] = "\n".join(case[member]) + "\n"
                    cases.append({"environment": {}, "config": {}, "variables": {}, "service": "dynamodb", **case})
                    labels.append(f"settings/{name.removesuffix('.json')}/{case['name']}")
    return cases, labels


# --- botocore's own cases ----------------------------------------------------------------------------------------


def ini_section(heading: str, options: dict) -> str:
    lines = [f"[{heading}]"]
    for name, value in options.items():
        if isinstance(value, dict):
            lines += [f"{name} =", *[f"  {inner} = {text}" for inner, text in value.items()]]
        else:
            lines.append(f"{name} = {value}")
    return "\n".join(lines) + "\n"


def endpoint_url_cases() -> tuple[list[dict], list[str], list[str]]:
    path = os.path.join(MODELS, "tests", "botocore", "functional", "configured_endpoint_urls", "profile-tests.json")
    with open(path, encoding="utf-8") as source:
        suite = json.load(source)["testSuites"][0]
    cases, labels, urls = [], [], []
    for test in suite["endpointUrlTests"]:
        profile = suite["profiles"][test["profile"]]
        text = ini_section(f"profile {test['profile']}", profile)
        if "services" in profile:
            text += ini_section(f"services {profile['services']}", suite["services"][profile["services"]])
        options = dict(suite["client_configs"].get(test["client_config"], {}))
        url = options.pop("endpoint_url", "")
        cases.append({"environment": dict(suite["environments"].get(test["environment"], {})), "config_file": text, "profile": test["profile"],
                      "service": test["service"], "config": options, "variables": {}, "endpoint_url": url})
        labels.append(f"configured_endpoint_urls/{test['name']}")
        urls.append(test["output"]["endpointUrl"])
    return cases, labels, urls


def check_endpoint_urls() -> tuple[int, list[str]]:
    """botocore's cases by `wire`-like means: the URL that a prepared request goes to."""
    cases, labels, urls = endpoint_url_cases()
    operations = {"s3": "ListBuckets", "dynamodb": "ListTables"}
    failures = []
    with tempfile.TemporaryDirectory(prefix="botocxx-settings-") as folder:
        jobs = [{**as_job(case, folder, number), "operation": operations[case["service"]]} for number, case in enumerate(cases)]
        for label, url, answer in zip(labels, urls, ask(jobs)):
            sent_to = answer.get("client", {}).get("sent_to")
            if sent_to != url:
                failures.append(f"{label}: expected {url}, botocxx {sent_to or answer}")
    return len(cases), failures


def check_service_names() -> tuple[int, list[str]]:
    """Every service is called in variables and files what botocore calls it."""
    import botocore.configprovider
    import botocore.session
    session = botocore.session.get_session()
    names = session.get_available_services()
    failures = []
    jobs = []
    with tempfile.TemporaryDirectory(prefix="botocxx-settings-") as folder:
        for number, name in enumerate(names):
            provider = botocore.configprovider.ConfiguredEndpointProvider({}, {}, name, {})
            key, variable = provider._transformed_service_id, provider._get_service_env_var_name()
            base = {"config": {}, "variables": {}, "service": "sts"}
            by_file = {**base, "environment": {}, "config_file": f"[default]\nservices = s\n[services s]\n{key} =\n  endpoint_url = http://{number}\n"}
            by_variable = {**base, "environment": {variable: f"http://{number}"}, "config_file": ""}
            for kind, case in (("file", by_file), ("variable", by_variable)):
                job = as_job(case, folder, 2 * number + (kind == "file"))
                jobs.append({**job, "job": "service-url", "service": name, "label": f"service_names/{kind}/{name}", "expected": f"http://{number}"})
        for job, answer in zip(jobs, ask(jobs)):
            if answer.get("endpoint_url") != job["expected"]:
                failures.append(f"{job['label']}: {answer}")
    return len(jobs), failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=ALL_CASES if wire_program.RUN_ALL else DEFAULT_CASES)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--case", type=int)
    options = parser.parse_args()
    missing = python_environment.missing_botocore()
    if missing is None and not os.path.exists(DRIVER):
        missing = f"{os.path.relpath(DRIVER, python_environment.ROOT)} is not built"
    if missing:
        print(f"SKIP settings: {missing}")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    numbers = [options.case] if options.case is not None else list(range(options.cases))
    cases = [draw(random.Random(f"{options.seed}/{number}")) for number in numbers]
    failures = compare(cases, [f"random/{number} (seed {options.seed})" for number in numbers])
    total = len(cases)
    if options.case is None:
        cases, labels = suite_cases()
        failures += compare(cases, labels)
        total += len(cases)
        for check in (check_endpoint_urls, check_service_names):
            count, problems = check()
            total += count
            failures += problems
            print(f"{check.__name__}: {count} cases")
    for failure in failures[:15]:
        print(f"FAIL settings: {failure}")
    print(f"{total - len(failures)} passed, {len(failures)} failed, 0 skipped")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
