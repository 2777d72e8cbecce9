<?php

use Audit\Logger as Log;

function record($event)
{
    return Log::write($event);
}
