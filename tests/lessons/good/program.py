"""Tea."""

import time

# @region *
CUPS = 2  # @knob cups
BREWING = 1.5  # seconds  # @knob brewing
# @end
MODE = "quick"  # or "slow"  # @mode


# @region quick
async def brew():
    # @step steep
    await rest(BREWING)
# @end
