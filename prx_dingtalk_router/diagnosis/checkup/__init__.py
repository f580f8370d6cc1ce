"""What is wrong with an installation: checks with a verdict and a remedy each."""

from prx_dingtalk_router.diagnosis.checkup.finding import Finding, Status
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.diagnosis.checkup.registry import examine

__all__ = ["Finding", "Installation", "Status", "examine"]
