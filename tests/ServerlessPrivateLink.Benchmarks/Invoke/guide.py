"""What a vendor's guide has its readers deploy: asks RDS for the instance's endpoint, resolves it, compares, registers, deregisters."""
import os
import socket

import boto3

rds = boto3.client("rds")
elb = boto3.client("elbv2")


def handler(event, context):
    group = os.environ["TARGET_GROUP_ARN"]
    found = rds.describe_db_instances(DBInstanceIdentifier=os.environ["DATABASE"])["DBInstances"]
    address = socket.gethostbyname(found[0]["Endpoint"]["Address"])
    targets = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    registered = [target["Target"]["Id"] for target in targets]
    if address not in registered:
        elb.register_targets(TargetGroupArn=group, Targets=[{"Id": address}])
    old = [{"Id": one} for one in registered if one != address]
    if old:
        elb.deregister_targets(TargetGroupArn=group, Targets=old)
    return {"registered": address, "deregistered": len(old)}
