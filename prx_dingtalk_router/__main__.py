"""``python -m prx_dingtalk_router`` is ``prx-router``."""

from prx_dingtalk_router.cli.main import main

if __name__ == "__main__":
    main()
