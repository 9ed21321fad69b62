"""Who sorts what citizens ask and report over the portal."""

from egov.settings.env import env

# Code of the agency: the office of the provincial People's Committee, which runs the portal.
INQUIRY_COORDINATOR = env.text("INQUIRY_COORDINATOR", "H54.02")
# From one address: (times, seconds). A person writes slowly; a machine does not.
INQUIRIES_PER_ADDRESS = (10, 3600)
